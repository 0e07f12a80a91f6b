MATCH ()-[link:$($owner)]->()
WHERE link[$key] IS NULL
RETURN count(link)
