MATCH ()-[link:$($relation)]->()
WHERE link.validFrom IS NOT NULL OR link.validTo IS NOT NULL
RETURN count(link)
