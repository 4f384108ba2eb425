package sample

// surnames and givenNames: characters followed by their pinyin. A common surname stands more than once, so that it is drawn
// more often. Some given names have rare characters (喆 堃 玥 昇 镕), which fonts and encodings must survive.
const surnames = `
李li 李li 李li 王wang 王wang 王wang 张zhang 张zhang 张zhang 刘liu 刘liu 陈chen 陈chen 杨yang 杨yang 黄huang 黄huang 周zhou 周zhou
吴wu 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao 林lin 何he 郭guo 马ma 罗luo 梁liang 宋song 郑zheng 谢xie 韩han 唐tang 冯feng 于yu 董dong
萧xiao 程cheng 曹cao 袁yuan 邓deng 许xu 傅fu 沈shen 曾zeng 彭peng 吕lv 苏su 卢lu 蒋jiang 蔡cai 贾jia 丁ding 魏wei 薛xue 叶ye
阎yan 余yu 潘pan 杜du 戴dai 夏xia 钟zhong 汪wang 田tian 任ren 姜jiang 范fan 方fang 石shi 姚yao 谭tan 廖liao 邹zou 熊xiong 金jin
陆lu 郝hao 孔kong 白bai 崔cui 康kang 毛mao 邱qiu 秦qin 江jiang 史shi 顾gu 侯hou 邵shao 孟meng 龙long 万wan 段duan 雷lei 钱qian
汤tang 尹yin 黎li 易yi 常chang 武wu 乔qiao 贺he 赖lai 龚gong 文wen 欧阳ouyang`

const givenNames = `
建平jianping 志刚zhigang 晓梅xiaomei 丽华lihua 海涛haitao 文斌wenbin 国强guoqiang 红霞hongxia 春燕chunyan 雪梅xuemei 永红yonghong
立新lixin 新民xinmin 卫东weidong 秀英xiuying 玉兰yulan 桂芳guifang 建军jianjun 志远zhiyuan 思源siyuan 雨桐yutong 佳怡jiayi 浩然haoran
晨chen 磊lei 静jing 敏min 伟wei 娟juan 超chao 波bo 勇yong 倩qian 婷ting 凯kai 鹏peng 洁jie 琳lin 颖ying 俊jun 斌bin 峰feng 丹dan
喆zhe 堃kun 玥yue 昇sheng 镕rong 学文xuewen 学军xuejun 明辉minghui 明哲mingzhe 光华guanghua 光耀guangyao 振宇zhenyu 振华zhenhua
建华jianhua 建勋jianxun 德胜desheng 德明deming 少波shaobo 少华shaohua 晓东xiaodong 晓峰xiaofeng 晓燕xiaoyan 晓琴xiaoqin 小红xiaohong
小满xiaoman 爱民aimin 爱华aihua 继红jihong 继业jiye 向阳xiangyang 向东xiangdong 永康yongkang 永强yongqiang 长青changqing 长林changlin
子健zijian 子墨zimo 梓涵zihan 欣然xinran 欣怡xinyi 若兰ruolan 若冰ruobing 诗雨shiyu 诗涵shihan 雅琴yaqin 雅静yajing 美玲meiling 美华meihua
淑芬shufen 淑华shuhua 慧敏huimin 慧芳huifang 惠君huijun 凤英fengying 凤鸣fengming 金花jinhua 金桥jinqiao 银河yinhe 秋菊qiuju 秋实qiushi
冬梅dongmei 冬生dongsheng 春生chunsheng 夏莲xialian 松涛songtao 松柏songbai 柏年bainian 荣华ronghua 荣光rongguang 耀辉yaohui 耀祖yaozu
世杰shijie 世昌shichang 家骏jiajun 家豪jiahao 泽霖zelin 泽宇zeyu 天成tiancheng 天佑tianyou 一鸣yiming 一诺yinuo 正文zhengwen 正义zhengyi
怀德huaide 怀瑾huaijin 守信shouxin 守仁shouren 克勤keqin 克俭kejian 景行jingxing 景明jingming 云飞yunfei 云帆yunfan 海燕haiyan 海波haibo
江涛jiangtao 江月jiangyue 湘云xiangyun 岚lan 岳峰yuefeng 岳明yueming 锐rui 锋feng 毅yi 恒heng 蕾lei 薇wei 萍ping 芸yun 莉li 蓉rong 琼qiong 瑶yao`
