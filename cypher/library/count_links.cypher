MATCH ()-[link:$($relation)]->()
RETURN count(link)
