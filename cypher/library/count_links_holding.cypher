MATCH ()-[link:$($owner)]->()
WHERE link[$key] IS NOT NULL
RETURN count(link)
