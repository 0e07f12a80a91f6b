MATCH ()-[link:$($owner)]->()
WHERE link[$key] <> $currency
RETURN count(link)
