"""One report as the story follows it: its verbs ask the API, check the answer and tell what happened."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from demo.client import Json, Person, Refused, download, patiently, upload
from demo.pictures import HEIGHT, WIDTH
from demo.stage import Spot, Stage, View, expect, new_key

JPEG, WEBP = "image/jpeg", "image/webp"
STALE = "stale_version"


@dataclass(slots=True, kw_only=True)
class Case:
    """`standing` is the report as it was last answered."""

    stage: Stage
    courier: Person
    spot: Spot
    name: str
    standing: Json

    @property
    def id(self) -> str:
        """The report's id."""
        return str(self.standing["id"])

    def act(self, key: str, action: str, zh: str, en: str, **fields: object) -> Json:
        """Somebody does something to the report as it was last read."""
        self.stage.tell.does(key, zh, en)
        return self.acted(self.stage.cast[key], action, **fields)

    def acted(self, person: Person, action: str, **fields: object) -> Json:
        """The same without words: the report is told to have moved. Who finds it changed looks, and tries again."""
        try:
            return self._posted(person, action, **fields)
        except Refused as refusal:
            if refusal.rule != STALE:
                raise
            self.look(person.key)  # the product itself may add a line: that the same happened here before, say
            return self._posted(person, action, **fields)

    def _posted(self, person: Person, action: str, **fields: object) -> Json:
        self.standing = person.post(
            f"/reports/{self.id}/actions",
            {"action": action, **fields},
            key=new_key(),
            version=self.standing["version"],
        )
        self.stage.tell.moved(self.standing)
        return self.standing

    def adds(self, key: str, text: str, en: str) -> None:
        """Somebody knows more, whatever version the others look at."""
        self.stage.tell.does(key, f"补充：{text}", f"Adds: {en}")
        body = {"action": "add_info", "text": text}
        self.standing = self.stage.cast[key].post(f"/reports/{self.id}/actions", body, key=new_key())

    def turned_away(self, key: str, action: str, *, rule: str, zh: str, en: str, **fields: object) -> None:
        """Somebody tries what a rule forbids. Raises Surprise if it lets him, or another rule speaks."""
        self.stage.tell.does(key, zh, en)
        attempt = self._posted if rule == STALE else self.acted
        try:
            attempt(self.stage.cast[key], action, **fields)
        except Refused as refusal:
            expect(refusal.rule == rule, f"{action} was refused by {refusal.rule}, not {rule}")
            self.stage.tell.refused(refusal.problem)
        else:
            expect(False, f"{action} by {key} should have been refused: {rule}")

    def look(self, key: str) -> Json:
        """The whole report, as this person sees it now."""
        seen: Json = self.stage.cast[key].get(f"/reports/{self.id}")
        self.standing = seen
        return seen

    def photographed(self, form: Json, view: View, label: str) -> None:
        """The courier's photo goes up with its form, and a clean copy comes back."""
        self._send(form, view, label)
        self._developed(self.courier, form["photo_id"], label)

    def after_photo(self, key: str, view: View, label: str = "after") -> str:
        """Whoever solved it, or made it safe, shows the place afterwards; the photo's id."""
        person = self.stage.cast[key]
        wanted = {"files": [{"content_type": JPEG, "purpose": "after"}]}
        form = person.post(f"/reports/{self.id}/photos", wanted, key=new_key())["uploads"][0]
        self._send(form, view, label)
        self._developed(person, form["photo_id"], label)
        return str(form["photo_id"])

    def _send(self, form: Json, view: View, label: str) -> None:
        picture = self.spot.picture(view)
        self.stage.keep(f"{self.name}-{label}.jpg", picture)
        expect(upload(form, picture) == 201, "S3 takes the photo")

    def _developed(self, person: Person, photo_id: str, label: str) -> None:
        """Wait until the photo is developed, and see that its copy is upright and tells nothing but the picture."""

        def look() -> Json:
            photos = person.get(f"/reports/{self.id}")["photos"]
            return next(photo for photo in photos if photo["id"] == photo_id)

        photo = patiently(f"photo {photo_id}", look, lambda seen: seen["state"] != "awaited")
        expect(photo["state"] == "ready", f"the photo is ready, not {photo}")
        link = max(photo["links"], key=lambda one: one["size"])
        copy = download(link["url"]).content
        path = self.stage.keep(f"{self.name}-{label}.webp", copy)
        with Image.open(BytesIO(copy)) as image:
            expect(image.format == "WEBP" and image.size == (WIDTH, HEIGHT), "the copy stands upright")
            expect(not image.getexif() and "exif" not in image.info, "the copy has lost its EXIF")
        sizes = "/".join(str(one["size"]) for one in photo["links"])
        self.stage.tell.notes(
            f"照片已处理：摆正、去除位置等信息，WebP {sizes}（{path}）",
            "the photo is developed: upright, place and all other metadata removed",
        )
