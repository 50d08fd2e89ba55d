"""A small site as files: every kind of column, references inside one table and to others."""

CONTENT = {
    "topics": "slug,name,name_zh\neconomy,Economy,经济\n",
    "organisations": 'slug,name,aliases\nbureau,Bureau,"统计局\nStatistics"\n',
    "places": (
        "slug,name,name_zh,level,is_city,parent,latitude,longitude\n"
        "haidian,Haidian,海淀,district,,beijing,,\n"
        "beijing,Beijing,北京,province,yes,china,39.90750,116.39723\n"
        "suzhou,Suzhou,苏州,prefecture,yes,china,,\n"
        "china,China,中国,country,,,,\n"
    ),
    "groups": "slug,name,name_zh,members_known,members\nboth,both cities,两市,yes,suzhou|beijing\n",
    "sources": (
        "slug,title,publisher,nearness,period_key,retrieved\n"
        "report,Report,bureau,repost,2023-06,2024-01-31\n"
        "yearbook,Yearbook,bureau,secondary,2022,\n"
    ),
    "indicators": (
        "slug,name,name_zh,topic,definition,definition_zh,unit,unit_zh,direction,default_group\n"
        "gdp,GDP,生产总值,economy,All of it,全部,CNY,元,higher,both\n"
    ),
    "series": "slug,indicator,name,name_zh,family\ngdp-a,gdp,GDP,生产总值,statistics\n",
    "key_figures": "place,indicator,position\n,gdp,1\nbeijing,gdp,2\n",
    "observations": (
        "uid,series,place,period_key,kind,low,high,source,locator,quote\n"
        "o-1,gdp-a,beijing,2021,exact,4026960000000.00,,report,line 3,4.03 trillion\n"
        "o-2,gdp-a,beijing,2022,range,5,9,report,line 4,between 5 and 9\n"
        'o-3,gdp-a,suzhou,2021,more_than,5,,report,line 5,"more than 5, it says"\n'
    ),
    "statements": "uid,place,topic,text,text_zh,source\ns-1,beijing,economy,It leads.,领先。,report\n",
    "ranking_lists": "slug,name,name_zh,publisher,edition,period_key,source\ntop,Top,榜,bureau,2023,2022,report\n",
    "ranking_entries": "ranking,position,place,rank\ntop,1,beijing,1\ntop,2,suzhou,2\n",
    "packages": "slug,name,name_zh\npair,Pair,两项\n",
    "policies": (
        "slug,uid,name,name_zh,kind,place,level,package,package_role,topics,source,period_key\n"
        "plan,p-plan,Plan,规划,plan,beijing,city,pair,strategy,economy,report,2023/2025\n"
    ),
    "policy_titles": "policy,language,text,role\nplan,zh-Hans,规划,official\n",
    "policy_parties": "policy,role,organisation,name_as_stated\nplan,issuer,bureau,\nplan,approver,,The Mayor\n",
    "policy_documents": "policy,source,role\nplan,report,press\n",
    "policy_events": "uid,policy,type,is_primary,period_key,source\ne-1,plan,issued,yes,2023-05-30,report\n",
    "provisions": (
        "uid,policy,parent,kind,number,text,text_zh,source\n"
        "v-2,plan,v-1,measure,1,Do,做,report\n"
        "v-1,plan,,task,1,Start,开始,report\n"
    ),
    "targets": (
        "uid,policy,place,statement,statement_zh,type,comparator,low,unit,unit_zh,period_key,source\n"
        "t-1,plan,beijing,Reach 10,达到10,quantitative,reach,10,firms,家,../2025,report\n"
    ),
    "policy_relations": "uid,policy,predicate,object_label,asserted_by,source\nr-1,plan,refines,Older,analyst,report\n",
    "notes": "slug,kind,title,title_zh,text,text_zh\ndoubt,disputed,Doubt,疑点,Doubtful,可疑\n",
    "note_links": "note,observation\ndoubt,o-3\n",
    "policy_note_links": "note,target\ndoubt,t-1\n",
}


def write(folder, **changed):
    """Write the files; `observations=("o-1,gdp-a", "o-1,gdp-b")` replaces text in one of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in CONTENT.items():
        old, new = changed.get(name, ("", ""))
        assert old in text
        (folder / f"{name}.csv").write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    return folder
