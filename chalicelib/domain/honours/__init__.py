"""Honours (政治荣誉): a courier's own application, the evidence, what people decide of it; nothing by itself."""
