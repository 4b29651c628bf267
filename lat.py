import time,re,os,shutil
log='/tmp/x/lat/s.log'
def n(): return open(log).read().count('the next case runs on them')
f='/tmp/x/lat/r/pancreas-two-stage.yaml'
s=open(f).read()
out=[]
for i in range(6):
    k=n(); t=time.time()
    open(f,'w').write(s.replace('margin=10','margin=%d'%(11+i)))
    while n()==k: time.sleep(0.005)
    out.append(time.time()-t); time.sleep(1)
print('route', ' '.join('%.2f'%x for x in out))
out=[]
for i in range(5):
    k=n(); shutil.copytree('/tmp/x/lat/m/pancreas-fine/2','/tmp/x/lat/.new')
    t=time.time(); os.rename('/tmp/x/lat/.new','/tmp/x/lat/m/pancreas-fine/%d'%(3+i))
    while n()==k: time.sleep(0.005)
    out.append(time.time()-t); time.sleep(1)
print('model', ' '.join('%.2f'%x for x in out))
