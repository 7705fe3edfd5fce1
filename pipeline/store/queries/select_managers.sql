SELECT DISTINCT name FROM speakers WHERE role = 'manager' AND name IS NOT NULL ORDER BY name
