"""How many variants of each ideograph are registered: variation selectors from the 17th on, without a gap.

Counted in the fonts HanaMin (2017), IPAmj Mincho (005.01) and Noto CJK (2022), which have nearly all sequences of
Unicode's Ideographic Variation Database: 29,303 of 15,264 ideographs. One byte an ideograph, compressed, in base 85.
"""

import zlib
from base64 import b85decode
from functools import cache

_RANGES = (range(0x3400, 0xA000), range(0xFA0E, 0xFA2A), range(0x20000, 0x2EC00))


def variants(ideograph: str) -> int:
    """How many variants of a character are registered; 0 for what is no ideograph."""
    code, before = ord(ideograph), 0
    for codes in _RANGES:
        if code in codes:
            return _counts()[before + code - codes.start]
        before += len(codes)
    return 0


@cache
def _counts() -> bytes:
    return zlib.decompress(b85decode("".join(_PACKED.split())))


_PACKED = """
cmeIfNn%_{76eIEv*!V3RZpAV_x(@V{v$Awfsp`{nMDy;RCz^VD8og#mvAp!6+q;P@`Qv7f$*L1n2?YLkN{;1_W}sRQvm`AFA8UYmP5IdKsXdASA>g1A;>
+$hlo5Do{%R(00FtCoP|5`gxm`E!h`Tw2nX3hxKkbr&kISpD4QU+!mV&!fpQ@)3J*efLAa(6-o=(fsN5356>?ShLAWzK5uOOh7P%FWTY}sQ4??(ZI2-QBg
K#SxBAek}c$@IRggbH;eh}`3N5XZ15+G~|-zmt;!UvS_z3{96gW*=W2<0ux2Zis1v+zX13*>uclkdq@;UYX0o+@W@Pq|eN0b~ncAUqZb0pu(|q+t_CIfPr
`5UvTg!ea&GEMRy-*$RXol(RrMi-db}r@SbDQ0|4Za1rD|xF>JZ@VanSc%N`fo{&e%7Jd}AK!9)vXL2V{!gtD3;SqTvoE1XKk3u*L55gAYk?<fqQXa@f%b
oB@0)+1b<WAVaD?+$XUM2^TXO%O#BZu$?;aT!ncvW~Re4IQ>5cv>6z7x(2kH{v3JK+c6dEpiEL^w-;0P>9TNO@3h3FW%*qVQDsPIw}LWYUx^A&~G$xD&Q;
RT$3XM<zTY5Xut)!V6OF$s^$qek2z{kS#nRXY!0dxDy_P*U3{27vV?2@I<&5?u77Q!V>}kIh2<~zEiG~Tj7avP58L*gCuO>St)l41i~RakaC@na!)on$UD
h}JQeO0kgFsC!bJ#M2;mS4ffb+-wuCJ}Amx!jNFZDk5+FPXB~Zc@DGw3|ha?afZWY2Kq1*}KB0zuw;Z`^_96~8u3D1y&+zE$-i}08M<W)g=Q8)y`ErD=V!
iC%mVR#3*7c{&iToGOoF3MwJD};|r*aX6l!n4AsDp!?f$c4Ox+$paL5S|JU5+IO}@L0kYwy?<+;SfGqxGJ1A5blMSgf}Wb2p96I@E{O2`GMS#mxKV3AB3M
4UJ~vE2)7c><Q3rq5)R=I2p0iDAR!nUAS8qk!j^>aNC;cP74m-JDY=jfxkezo*>Dj#3*V9J!Y2r?36IE~fIKA^;UZik*M)oGPT0bo@P2YHJP}@0K9^_Acv
!lIs$FaqQ5GJmqfqT+EZVW9f~W|&(JF4BYzhRBv4Ct^3YK~XO4Sy%(>bv!g=!Uq38MmT#Y&1Bpe{G8T00;})ha6Bp=tozdI7d5%432Xoz_E@qTq(xRO^E-
P_`E1Mo87#cF?L=A21%`R_+w1L>Q%vI$lugJ+Qcqx47^OMZ~k>7SCEYTDMkF)6rU$qF4~wYKz*F6sIa3Q3@8#QV@kv)XF9(dJ-{o?8#QKDsGjtqO>{{sih
*;LFNYaRB@wYw1c&Js=&0m)Cnqx+EPcfQluWHZiobBQjv~|+AeTh+NmzPMwy;Ok%C1|>S|{!NYz#84N}w!qn<{c6F0UJ2JFe37Of+=-Bd-~zysQ;h-V0+|
A(faqNwq#ZZJiiI!i1FS`TcJAgi8%xS@_#&Q!$Fp==)T7DkCh)YGXBDj*fB=!gTfF14tj;DNfKg7sFhY3(@j&8S5?OX@f^{?%Hg5ZhXvj-XL9orR-Rkxad
Z6%Q2;G&puTGivJ6sRC04_5V<cBGCwHT~@gnE%iU31(kqoN>M>nu;TxvsHJWdMeqzdOC1MW4SJKhV!c(X&bU?N%#Gm1a^uWWs~~EvI*1!1Y8_N`DQ*aqTM
8mNo?-C-sHkX*RvopV93*P-)~GlVJdC$cD_HKxMHQ4$+^~Xx*s7paq3QrC-zjKN^n~KzhJ_nfQ7S4Etc+F+ii96nFK(y@u+$2=<Yp?MU{`N+7zAVsAV#Z*
BC!?}wH4YEn;?R0Y5|qQY4jv`MscHTa$%uh9WSs(U6vMc)Piy*NZpYCY89z0%OHnBYLzO;HUbK*MHsE9-#{zMR%DhURIMkK0o>|YJOgoXgAoN$t6;63kWr
k9Rov<Y9ThAnh#P`V5HC2BgD9Sjc)*HSjiRzyDrapG#d-m15fNmQO%MbvC?}y~M>fx*u~-lUmbKnOtyRZzAuxzmK@<e(v~&mxgCiH#7OhmAbpu#5LM<W;5
<y|2Ek!&VEL2or*{XnyE)cYAV--QIREn0`v1-NIRxBWjhZc&}frX(1*2)a+*r-bpM<qUjwgM_(smf-&acUiv+8d`7t&SQR6-5PVhl2+|QIR4BbWp$p3W!z
&QN$<(4?rB;fO<d&MG+MQmPOeF6;wc@g9<8j1W`7JgMbCM3I${nf`EX=DM;mxpitT5Oah`%&=Hlg$tIghK~Cx_U6rDAKsi{L6k=l(G$67mK@k)PC>m}lMg
$auP!vQKMGi#~IVhmwf$;!1ilv~Hp+#isR;~9&e1PCoQE1(I<J2vJ)n#o2wPiFe>%yv~bt101p)-h3i?y!Ro|aB=L#cp@6<Ka0Dk#=l5Q|u}4y6z`bkr#-
=v2W99=KyM4O%I;!~>{x1H340k+6w~Y$5~^5R^?+s0Va_P6TADK(VNJXr*YXSSE51WD}4QORA^@wFn4;8?x1C6oi5W6ss_z0;MWaL=+JO6p=x2LxC`W3}z
K|!O}rA&e*9_gn@BmjVzXmLL^uLjfz$Vg&-6bwhP6LZHi<mB8n(X)ljk6S%4W`wm2QFhozz*C@2Ivq6mm+BRUI^Vml?+qJlVU#Q9dYLOsmr|B0X|pjb|8b
<MOoRn!@ss!R{!*0j2;MW;I8Hh2qqgGEMJqBEn*8pd%eGox6w;)dIJh+8XdE$9eZype)i>q$)=s^AbnMMW2QKxe=-Y6Lt~tD=Y-<w6kL@Lt6YrydXy5rQ1
tf?HKsN>vmF^`wIr=m3M9O{rE<s|9uRWHqLuORaLy84sWq5T|tmMXIpeswb6FIf!@a25w+aBh|6Bt>}mcHbn&#+_0==QQS_}<*=E8N~X%_aQc5hQAcYn<5
oKgLd9We#X}SYmeh;D4WXzsq7~fQQOj1&bVQ|Up+)$Ht-;u-qM<5UZqzE!x{VbS6>7CbltI^wN@u>I6)%u#q@uuy&B`DMUKFbV1#i_2MYezxlx+|dFF?Ft
G|TCD2b5dlhE8?Zs^SJN51<I52*^d<5J6CI>?mpx?4-5W$|%Y$%?#>*g9qGD9Kk4}GFWi~bv%sq3`9AIgJwEG*{pRdP$g8PfLaBdsRtemD3p;ZDlmwYwyc
V!0xBR>VYnq!Yz;J4af%QbpaiIxc0>*$%9*1gRf`qlhT_Jc97?sKRK#kF7DX8jI#$KOQay2U1Vu+diON>MB8r|Av<PakC>^b51yoc($BI@3)+i%Xf)kKpn
MFaME@e6*!%`3xN2+KYz%yz~6{1pg#G<H(XhqU^I+ePCf;I}YHMLZ6Mq{UV#=$PF)_SN1)QVd0Rz@p|2GDx==Gly~HVU5X@_=?wP*I1DkQuENixk<Ug>e~
ZV^P1^Mq4N@HYv<F#>K&mC?YzG8C~P*41>%J!&I<q`Hkkku9;>9r{V#`GXxb8wSwD{(VHOD(Qzw9toHzAw8X)P#jU2^0!L(Eaj@PhZn%w72k>m5RjWY}2f
?Ug-ROogsd7)4p(;=pBLuA*YAsOluryXwRP>}pMNbqE5D=_Nt9VkBv7KUoSV3{L<4_$L&!`s_+&Ht!sFl_`gQB8F@eZhH6>6%jTTf~=RCHuhv4|X|al=6t
f?%Nnvbjvr>Ir*tLmk_bXZYX*6d2GjWhn&<D8-H-o*_}zGU{Mt#2Fn$P#2)U7|~gSN<DyxbFvlL96|I{DO&7ih3FEB*jjC6lx^IqASy;|B^@f#0p*~JO$6
+Sq7>;c!VrO;thFKpUAQp?3P!~Wq98%>WC3s5B}hRL0kv%6##Tp*Bj6Tr02%AT1qzl3f){83p{1gWqK#NYbm{>&>~I>zYVjVZlnbLESWyA%VX9TEGj#)PR
q6&EQBgodP(V>cKn$B;6mAr()m0EFAfTv#$mStLa2vLO(kev}ty+<7q%tUDDQ;L$tB#-`9>xQh%EieI4-hX-C@NGGbv#fva1`nCVzhErHVcBFqNspaLD?L
&3Kq4BMqQ<#e9tr7@W6<S0>Wto0WFB5Xu&%ucLHcp5E~Vg5$l24SQQkvST~|nM?BP}))5e5F)9~D#3j}0Qj4fv&`9xsfE%dQid9rtZixaFgjF&I*^J{LXM
&}Lf+#pBCn!Qi#ib~WO0_CgZ`=^O06n2x$mXa)3M%59sEDXk^gmR^R<`nOP@=WC6-5{`A|Q7p&I#PUc{VIWh%*%!ph%sJqp0A9ThU=aY;oLhz$!(HAVq7e
RqiMh2eg8~bSy3hsW76Z1#D3<M#50(4SuVMF#nYxC?XU^3c*5kEP`NRu_+W4BFZ>yH3LkA0tyu(AZ`@_+2qVlRVvhtM??V;Hxv|slndG9LO~85Mij~>5Jf
}-$X4pcRs>`#pfV~$U1DWKL>8Wb4EGG2KtORJf*@m|8c+%W0r4;#6lgs~0mUK<>nMs~*>th#aIm1%IC8KS5CoBeMank72}hY`;TqZ*9jjuO;Go4)>#Da3s
0fN8sA%n21QAd`!2q&}YzpX9jR>-d2NZ+IAb3DPM-UK{gF@A+fGC0@n}QpT3Zkg1qVaIEP*DLD!d6=fsBBiDP|wg>5Nj2%xJ_z6gt`?FYYd8xNT6cGswje
@H|huqf<Q&lsaP_C#G<v-4G*!LiJU11PfSH?-8znfLeN36kU^k|NbTsz)M(Y(deTq`goUM4+Z1qPvr19hp`%rzV?jVAECK;^Rj5#rp)NX$PN@gzR2fuMkm
AYVFsH&d<)o#Ex2A3d4`8iJt5C5%U_eG4YsC!@aeN95DsEWM07co{IF!x0;l_9?3Po#hL&bUvL=Z37G@{iCuDT&87G>0G)u{yp(F$$_tcQ9)!UCm&ATCmL
#6wSrNVQVyxRKf-3>ws0w^1vCTA;Klh^V-zCpSO_MNZ;a>H!te;XjB{5ryIf0#Xq-ZoY}AC_!aY#|9mWph7_f0TnAgpc*JDTSZfWLV%h9!3qed3=X0!w^F
Kz2SAcRsDLF>+)(k15f7yTf^sM*6jV}CKtOOqWm7SOB7{wdiUQK2+;NJcfY_meltVKJ5>Sw;3@VDCA}y#zu`05)ZZxExHAd}80R>bL9Yk25VyWVR&9aH8o
LQxo%~3}!Hk=GFPS?5_X}f0HKv((JuC+4ljLo;OQl+s>n}FDsX>FzuZrU{`y8YD*8CQ}5>1k$7Iz25~pk}BC1RXa-Q4ztdI%+&X<xEgOG)3!JK~TojqLnQ
Jh}%gV+*Zd9_0W=P3qc1%rRj)BEkc2%=zyMF9+1lBVY<u!D##YiFd7;K9Zdmiobe2m0v>3!)I)8wp@<tQi0BCgq#{HSR1j}fD_TKBRKNq)ZCRBwLBI`V#;
tlnlub5KL~LvEFt#o$Ae(e>LuGJ-8)ckvRFF-SDgy)2q6R^1?WjocfHHVMCs0Ia717F45V4F~@HC=WKpc9iR$bL<PogrcP_0-5q<R8JPzDhPsVE2@s8tY$
YC-WZ4n=VT6&xMgp>8Rlh=4G(MJ$wW=u|r$PIy>uol$WE0qfRL1S+15b(FMfMbubN9nirI0b^Y#jv`WvgQ8N*fJK*fN(&0rPVG&tT8&fjP;k_-f@e5VTa_
6%R+Ldt*=$g7rU6tCfw8Tg3bwFXMdj3DOO?sARVs><Dk`WbsA-3#f*4wyX;GnSiHC7RJOJVMBU0-Ks7wH>OC7;dMS~Y31|2YJKpQM>#H|%t1<`?}A}VwS#
7HGB><O7c%3xubauAqxgLLr361~B4sB>c-9hZu?MyJ!lxD`ZZfk;7};#L(D0l5%zgACv_A|jh)r8CZ=m@X+;SA$Zv!r<9};+D}4Vkw}*EjL80g3<ASgM!M
LRqIwS0LAeXMQ*967(qc66;xyZMFkmDP!V-T<iZ+aRYaYk1+8pTbu?uPDu^OlOVL7<O^mvrQR*3%QHdg=b)!~MnW9d#TE$V@o~Bk>r{mHrMVEeC?Vud2$^
f4An+OcJ4I(H4ah77KsA&hKl{!W}(R8(C3Z-3Hg|3#;jnX!4|I@>C+MBk}&EB*errhbQwkh41X=ioX(o%*KQ(C6Yly+8c4RX;IdZ4|@b|TYGPraCy7Rs!d
Rk}huoxfJwDRQyoks;+o3)ALQN;lfjLOSix&h$VDy;y+2;^IGTPl2|yl-6d3GQg?)pB<pkjbzO_rF5orgR+JeIx`*0Vvw?h6N|GpCny6nw4@~j=(Y-NX(3
(h{AWSinf9ji4!v0Ef~=v#VX>8Nlm(NP0Ww)Fl+vL<r_*-Y(zL6q?Q9eZQ&zZBnB4HKowA@{XK2$x8=#clWVM`1TUw^m)j~H4v)XcYns#QOOj~F>EvMC<N
>|(IO#{<T$_fPNfo>=G*50(!6HH5+bV{eRlpao<p1K;+^guUO*~+v`Pi0%s4lV7#Uu)9dghHUDi)k0rQrcP2p{4zAVLEFHg$@IgA)M%N7~0a(t^#EX{>9L
a7bjOW3dJahfQlBmV>_*Yh$2z}X;H^PRJ`Dz;sFr_MG=iyiCdY(ja#Et5y!1ntacR8K@=6ivMGwNsN(@l0nwI78SDT>#SJl_)QT}E2q!OaLl993s5pRtRu
Pd+8Ld!SHxRi2g^Hk96|jn^SP!5yi`AksC%0<Rj#$P5mV}B5p1=*TC-pCMMuocY?4)rU0Y#{*1qnqw;~+@c1l+2O(g=uxC{zUT0pJ-{B@r(;C}$o<)S!YQ
76!MWqEs1+Y+C8CsbT6iK|I-|V5kTJBUJGMfs^Q%S`ljNI1H?5E5!kI6ctp!mIh&@>ImY(;d?6{D9V;Wi->?&L;>*vWg%|ML!sO_9xC955f9)}QN%;Q;$c
*9qiR(|J7`5kEh<_oqJsxcY76K|T%)yU6$Q(nbU=%TlY?ii;L@>`QX#q)PO5bnO6$l{VO6I}i{)m<aZ5l79YGkN`~@<w>P<yqbkLDS9S0>53avI;DON#^g
9@ar8y=wI#_vg8V9NsP1#Z-#wjwZ9imp};VsTUi1QpK^D^MA?(}*ym%L6LjqE>B}uA-tV3ZCHs5pkjxMQKk~L<gr8dupsGFvI6igVai7iNl3h6hsgd5EwQ
U1TiQS6p_&)B51{mQgFkQ3?f!6R<JtCnIeLUqk;+|XI_AU94bbwfS{(tI`sfpK-8*LHbJW$)Z)hGfuYKPCpXX$g(aKVR$Gw@C@B@&S~MccaArYJHbE52!C
Q!fxFJy-t%^=njN8;LfL50Zo}E;dRK?n&fE#Y*b>VyUPIZ7(9jU9*)6lWgSrcjL(A8OGD~G1rq-!SAwF>P_yUH{(UDKh^&S}=r=}c$J+|25lK)1A0X6(22
KR3fL&FQ8si_W&z>bF_n%BghPteK(hEa;q0Wp$nU-_^;Sm^t;YRaXDM|F>rXqD3}!@GnlB2Jld&Yzm^{h6ofyrEWM>5JWVhhQnwnDzXV8p42u{#3CXvbtz
&|EC-2))7&VG5~Fgk8pKlBCYBj3hf!2i6c0rSMKBDuOsi=$V`Nn9jfbh!aYONJw8*$oqf-T{h$o|h8x<?H;{j0F++smgu$n5OQmu#LA%KUIiWRrY<_4%0m
m3s`7A$C~7oZeHK}1lnp5Xzj&~Za4tzc29qD!<91>7oFN*M}4R8Y{tN9u-xItmpCn_yKWR_ca|2)K~CRb?C@;spnBMg-AOMi5RYRk2M5P~lWLh_+U(&{A*
%vrNSUx1<!UML;d6fE(But85|{jnLvYVp2qk3R22u2MKx->&7OEV=HMFn;T;JpQEygsCXDR9E&L6)_TEMKoLP_R6ww;IxyA^6)$L|yq^k+iUd*Izzf`vu<
1gPVg<M286YB}wiT<Ewt9muQ8A2qGg`55Qctyj+E}V}6cju;sI8z-S+hJq|6-e-1Ud>>s%)ZlRV6A?5$XY!4k!hJ8x%z%s6%Hes3@GKUDIzV->OBeWeGPp
XzLag#)61cHgznbq96l0f>vb|X_3~GtDV)-#i`JiuAZ2I;g&UZY&C0u|Bkk9m~op~Qmu$o9EIQ+qoOh@1d0Z?iuF(}EI`o#6|AiCexi5)siG3WcmU-IB}-
T1NIMyq+oWunHIObAc24{Un9g+C(stUergWxhQ_^+}Ob<DAk(-%LW?H%ioBwuLleXaltRgC4GzC=Zfnce~;D&NG9zd-d3Phr|s3=t2iU$xC&xkMuim0F<H
6!B2L0WAPmReBiIJC%sI6#%3Fo*}lt)jMyBIV%L>Zn*+QLA|9P&Y(HyeNtrQb0zlC>AfeZp6_bY6Y|kLLEzC)Sw`URKzn-M=b}1Rz=0B(-8**wH$Qx)DDg
aI#|@QMJrG@%2HT}j2jjU+S5pJgW@1Xq8)KO!>Tp3##V*8T0x~<C=4D(0V_-KBx<!H;sHe@j-vc39T5dYMG**_f-?(2s2~a+070Zm6qSQ#Xw?pK@DM<#I&
KB30~Q4ZEwWh@1r;owaaNGc4aH$3tsAGCiAAw&0n`=+v`|z;)S?0^SU@&GP*ku%tMVlT&#>c$f@MTSM-Y2rGtv%SZ9xU?v>ix?MPbHTr9x%eTEJofb<|Yr
&=#R3%s1I=t+t{AsD((PB{HQT?Px_jz}%22xK$C<R)b5$TUbGmr~dD(sck)l@Sl@tMb5&7Tv!j3a*+3{EGqW~@f%djz2PGUC|md`%5_B^$gS{Z;X86wxF*
~wZzqTF^W+)fB3u*RAY37@3s;0&;SlbGTj7cD24M@IAiQ1p!SEU6DS3<Vy>bX|6uwgkj|@La9tj^1?u7RXuL{pA&k29=9K*fxE65wjb>UTVm7Ik)E1x91M
R-vF3HQQl!u!cn;TMsgQr@k+F5#;1R3SVF-wWR>Zx`N3t_fd5E*h?r&l3*i72&GzoNy~VM}DdDo$x{OKH-}1AiOR-kne?qToL|$;dSA40m45-*}`M;6~e8
A=Y>bg6XA=5XUQ#j8~F_3?<c=bxD)P$KfXx#H!ysdTqiGTILME}o$w&Mmpmd*ggf$*@<@109+Ni+TR01!s(h{RQ3;P#{tn?+3J`t}K2dmH*yLTpOTr7nK|
V`(m2BY$;iJmO$!o&zEBv0q8^}9^zg2lv_z>B`>%tZugvZJg@+RRG;d|jd!fz%Jt_wdW{G9Nj@CM;U;S~YoAFW&`*97@NxFgrdbL39h$~E#v0!i4y=TP1w
d`S2~c(<^Hw+i>dCT|hmt9-5Soe%=$fxJt&7YKj+EO}k{PIz7TIRO?BUKE}c-Y>i+d`P$#2#<y51>`I|C{Kl7Ae_mEgr63k3b(>PNcd6sh;U8V!cPcaE?g
1hCj|(v3*QN!EWD`vO~UKKcfuD59~K^ja8=~Z!eiko`6A^t;r+^+g*);S!WRkOOZa=q??i4XUqL=ic)M~YpDFyqglB|jg?9^|A$&*PCcG|OA-}WmAbdo4M
)=Ky2MK54p8RUz(}mZC2jMNkbpgVgg-;Tmmq6LVMdh7@@Qm__!dD4z5&mZ3i2(9*0^wHJ!Yu)*$R?Ws<T-LDd`!5b9OOrG5q?J4!ZX5FF3Mx_iNYI|kCJD
Es}`RwJQ2QEZ+Jw$PPh}klsq-u3C}1G!gU><SAL0dN5TVn19?XHRl-?#D*R)V|5f2T;Thqce6{dT69``{d`NhYa!1}MTqExj2#*Z%*zgwRfxIldApC^zjN
vV&JP2=hg77}!Q-qg=Pj%umgcr!~F1(q1K)6O8316#xK=_@=$H*@bUQ>RNf$*;(TX{nMcZAOuAbhR>;oXMciTr)!_mc2&;cq1`3xV+WlHXMLJmIH=cM4xk
{y39o$X5uTOfH5`6s{|OpKygd60QpW9&$(CNZw7J6VBwHAUrF4f$)RyGvu>{gWQwfSi%$KW%3c>9l|5wDtVn;Cm$q>w=0A{{>9{L$%lof<OAe4C0{GNC~O
HKJQ5xx;Sin^D7VT*fp8Yi!ZqPR_(AzWAP{~Kpga*C2^Zx-%6o+8$ys=(;a+)8_^9v><vZcJa2B?3$54J!dAIOSSFRc^<U+ng`1^!+2*{nFJR+|PpCx>ra
3-H9e4g?Qxh5RKCkZ5kf1C0fkynH>c_7F~gm6`OtXxx`h<uoQkUSNh6Rry%Ar}GUR`{Mg5<u?BCy`GPUJ>3vK3({*@Fw8{0^xHk4&g=NRdNV~AIKIyQ~2f
N7YI+4pCp7de39@b;jO~Qg&&10!gb+S3xB`xvhXqTR^cr23(02+9~b^T!n4Bj6222&A&<xp!pp*o!WD8S{74``c#Zr#A-p2IKt4*|PhJu3$WIDqaxdH|Ti
8Mqt_vTOglB~Bg|`d0!ddu4i|2*#gK#H2F+6X0LViklyYMvvglB~<e68?y;a!Ha@RIV3@Oi>l3zYW?-z(1xTX{ivDv<C*cug%Ik#G^hrwYGDfbxv8g*Pc5
((pFnqYB{=UJ>3Q{A%G@;Vr^DgwGNP-wR(XJf*y<KzK|(NdCRTzgTz>2q+M)laB~5kS*MipA_C9K)7Z2k-UrHCE<g@W8v)rgcp?$2wyC`Ec`=+7s<QGTZG
qyAA~OzF2WWF1mvy4`-M*sF2YX<&j@cP_sT_N3$F=Jg`Xk6PIyXwop1=R3NH%>c?Wrq@U!GrcvZs3g+JaQJR!HjuN1zHypw#T@T-OY9db{8G5NcM7lfY^k
hciWkhciW3R^;XB0$)}6(MYa@SL!PK)516fN)iLBtW<b7vZ`PE&?Qwa7}nlAcVtkRoD{3Gr|u7A&_vZi|fLzK!Aks9^r~`FO)msEI`Xv{vPrw`CQ={;h!P
=@i7tPHS#=V3-6%3B785rkKB{z$a@UW36IJ9$y0JBze;#sc$@Gp@*d@7;cJAi5}p&v8-&N?i^*eQ3vU%ZkvvZ><SO}e<*Ug(d8#}JFOw(2-z2<M_>p{2_-
f&|72YSjEPRP@7S6(lgr65aAUq=9k$-^js_>f&TSC~vb>WHdv*c@pj|<m?$HK1^o*}<Tc#H77unB=ccqHKm;i>RQxGtQPdvYh7g)IaEltT!^HDxPXIE3%W
tpMRwfp8~;@Kk^hpp-k|k#H8?B0LCRB0$)}^TM;jt?)+jQQ^AqUg0N&f0OVG`2^u(!oNoNBH`Bw|3Kl25I!z^K6ycSfxOM)fxJf`JT-ijTvfIN!Y2P_;Y@
DHPm?Rk^TIXZ5S}HUp}bT1Ey>plzp=1|?}a<^slr)!v+$#EFI*R1BZu&k@LP}%3%{2VAZ+31gsZ~6a83AG;SgRYPXxIx{4D|`5FUiHaFE|m_!kL({L4uA;
~C-aSN`R~Z!7$r!bSO@@W&Sjzp3!a$|nfFr|?Ah<FW8ac$@HV5xx^XApADMZz_Dga3}l{;g63A|5j~aaR^&6VH3l)n&D13>l6?Oa<&joY&UWd2={^@TiFT
-;iA%nh7(X4o(N@&yg=><Lipo5<<o>;WccHcTj7sC{uhKl{&-RN65)?O{`ljMf2RP$?<xH8#~*+E@jD5Be6bK7gpUjFH~jmAi}14YssQDpd{}s!@LLHl2)
DwWa4XyjzmxDL!`~+S1B5RVK1X;ed@no|em~(Nd^-8fgkK~)Rz6R7$%!`!?-pJXw(#2s?-qU({$}C#62hkn?-Tylg@2kr_~RYIE5ZjXo)^AAfbhq!SN>K3
!aq;=<-%tR?-hQ9@RIPyK^}xR3124RAEG=J{yyP176|VUzLxy0!v8w?t%Xk!{`g-K?u1+61tEN@^2d9Gi|||c{{de#a(D
"""
