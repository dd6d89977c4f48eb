# Answers of R survey 4.1-1 on our own made-up sample: six strata, two stages with known sizes, missing answers, a lonely cluster.
# Rscript two_stage.R, in this folder.
suppressMessages({library(survey);library(jsonlite)}); d<-read.csv('two_stage.csv'); out<-list(); try0<-function(x) tryCatch(x,error=function(err) NULL)
e<-function(m) list(est=as.vector(coef(m)),se=as.vector(SE(m)),v=as.vector(vcov(m)))
for (lp in c("adjust","average","remove","certainty")) { options(survey.lonely.psu=lp)
 D<-list(two=svydesign(id=~psu+ssu,strata=~st,fpc=~fpc1+fpc2,weights=~w,data=d,nest=TRUE),
   one=svydesign(id=~psu,strata=~st,weights=~w,data=d,nest=TRUE), fp1=svydesign(id=~psu,strata=~st,fpc=~fpc1,weights=~w,data=d,nest=TRUE),
   el=svydesign(id=~1,strata=~st,weights=~w,data=d))
 for (k in names(D)) { x<-D[[k]]; o<-list()
  o$mean<-e(svymean(~inc,subset(x,!is.na(inc)))); o$tot<-e(svytotal(~score,subset(x,!is.na(score))))
  b<-svyby(~inc,~age,subset(x,!is.na(inc)),svymean); o$by<-list(est=b$inc,se=b$se)
  b<-svyby(~score,~town,subset(x,!is.na(score)),svytotal); o$bt<-list(est=b$score,se=b$se)
  o$ratio<-{r<-svyratio(~score,~hh,subset(x,!is.na(score))); list(est=as.vector(coef(r)),se=as.vector(SE(r)))}
  o$deff<-as.vector(deff(svymean(~inc,subset(x,!is.na(inc)),deff=TRUE)))
  o$defft<-as.vector(deff(svytotal(~score,subset(x,!is.na(score)),deff=TRUE)))
  o$degf<-degf(x); o$degfs<-degf(subset(x,!is.na(inc)&age=='55+'))
  for (q in c('math','school','hf7')) { z<-svyquantile(~inc,subset(x,!is.na(inc)),c(.1,.25,.5,.75,.9),qrule=q); o[[paste0('q',q)]]<-unclass(z)$inc; z<-svyquantile(~score,subset(x,!is.na(score)),c(.1,.25,.5,.75,.9),qrule=q); o[[paste0('s',q)]]<-unclass(z)$score }
  for (m in c('logit','likelihood','asin','beta','mean','xlogit')) { z<-try0(svyciprop(~low,subset(x,!is.na(low)),method=m)); if(!is.null(z)) o[[paste0('p',m)]]<-as.vector(attr(z,'ci')) }
  o$chi<-{z<-svychisq(~age+edu,x); c(z$statistic,z$parameter,z$p.value)}
  g<-svyglm(inc~age+hh,x); o$glm<-e(g); o$glmdf<-g$df.residual
  g<-svyglm(low~age+hh,x,family=quasibinomial); o$glb<-e(g)
  A<-data.frame(age=c('18-34','35-54','55+'),Freq=c(900,1000,1100)); E<-data.frame(edu=c('high','low','mid'),Freq=c(800,1200,1000))
  p<-postStratify(x,~age,A); o$post<-try0(e(svymean(~inc,p,na.rm=TRUE)));o$postt<-try0(e(svytotal(~score,p,na.rm=TRUE)))
  k2<-rake(x,list(~age,~edu),list(A,E),control=list(maxit=200,epsilon=1e-11)); o$rake<-try0(e(svymean(~inc,k2,na.rm=TRUE))); b<-svyby(~score,~town,k2,svymean,na.rm=TRUE); o$rakeby<-try0(list(est=b$score,se=b$se))
  o$rakew<-weights(k2)
  k4<-calibrate(p,~hh,c(`(Intercept)`=3000,hh=9100)); o$twice<-try0(e(svymean(~I(as.numeric(edu=="low")),k4)))
  k3<-calibrate(x,~hh+age,c(`(Intercept)`=3000,hh=9100,`age35-54`=1000,`age55+`=1100)); o$cal<-try0(e(svytotal(~score,k3,na.rm=TRUE))); o$calchi<-try0({z<-svychisq(~age+edu,k3); c(z$statistic,z$parameter)})
  g<-svyglm(inc~age+hh,k3); o$calglm<-try0(e(g))
  o$calq<-try0(unclass(svyquantile(~inc,k3,c(.25,.5,.9),na.rm=TRUE))$inc)
  o$calp<-try0(as.vector(attr(svyciprop(~low,subset(k3,!is.na(low)),method='logit'),'ci'))); o$calb<-try0(as.vector(attr(svyciprop(~low,subset(k3,!is.na(low)),method='beta'),'ci')));o$call<-try0(as.vector(attr(svyciprop(~low,subset(k3,!is.na(low)),method='likelihood'),'ci')))
  if (k %in% c('one','fp1')) { r<-as.svrepdesign(x,type='JKn'); o$jkn<-e(svymean(~inc,r,na.rm=TRUE)); g<-svyglm(score~hh,r); o$jkglm<-e(g); o$jkq<-unclass(svyquantile(~inc,r,c(.25,.5),na.rm=TRUE))$inc; r2<-rake(r,list(~age,~edu),list(A,E),control=list(maxit=200,epsilon=1e-11)); o$jkrake<-e(svymean(~inc,r2,na.rm=TRUE)) }
  out[[paste(lp,k)]]<-o } }
write(toJSON(out,digits=NA,auto_unbox=TRUE,na='null'),'two_stage.expected.json')
