MATCH ()-[link:$($owner)]->()
WHERE any(value IN [] + link[$key] WHERE NOT value IN $choices)
RETURN count(link)
