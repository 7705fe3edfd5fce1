CREATE TABLE filler (number UBIGINT USING COMPRESSION uncompressed);
INSERT INTO filler SELECT range FROM range($numbers)
