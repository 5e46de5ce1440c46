# 上报一件事，附一张照片 · Report something, with a photo
curl -s "$API/v1/reports" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Content-Type: application/json" \
  -H "Idempotency-Key: $(uuidgen)" \
  -d '{
    "text": "垃圾桶满了，三天没有清运",
    "kind": "0201",
    "location": {"lat": 24.6085, "lon": 117.9795, "crs": "wgs84"},
    "photos": ["image/jpeg"]
  }'
