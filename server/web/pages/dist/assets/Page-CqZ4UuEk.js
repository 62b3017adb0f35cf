import{t as e}from"./link-n6A3hOjd.js";import{F as t,Z as n,g as r}from"./index-D06LnNsL.js";import{_ as i,f as a,i as o,m as s,n as c,o as l,p as u,r as d,t as f,x as p}from"./Panel-BSITHXaU.js";import{n as m,r as h}from"./Role-B0GmlsWH.js";import{d as g,f as ee,i as _,m as te,o as v,r as y,t as b}from"./Button-DTpzbii0.js";import{a as x,n as ne,r as S}from"./Field-CpxI47NP.js";import{n as C,r as w}from"./Pill-CQDIYMN-.js";import{n as T,o as E,s as D}from"./data-BBnnGekE.js";import{t as O}from"./cancel-BD7N08gz.js";import{A as re,C as ie,D as ae,E as oe,F as se,M as ce,N as le,O as ue,P as de,R as fe,S as pe,a as k,b as me,g as he,h as ge,i as A,j as _e,k as ve,n as j,o as ye,r as M,s as be,t as N,v as xe,w as Se,x as P,y as Ce,z as we}from"./decimal-CG_Zkkdk.js";import{t as F}from"./Dialog-Bej1GjPS.js";import{t as Te}from"./SearchField-Bdvkcpyn.js";import{t as Ee}from"./items_search-DdSPgGGb.js";import{t as I}from"./line_item-D81zId5h.js";import{t as De}from"./order_on_website-BecTm6V2.js";import{t as Oe}from"./undo-CXGcH8AW.js";import{a as ke,i as Ae,n as je,o as Me,r as Ne,s as Pe,t as Fe}from"./FindProduct-DN0j6iEK.js";import{t as Ie}from"./draft-DuXwKmg5.js";import{t as L}from"./registry-B1INsJo1.js";var Le=()=>`Actions`,Re=()=>`Acciones`,R=((e={},t={})=>(t.locale??v())===`es`?Re(e):Le(e)),ze=()=>`Enter an amount such as 12.50.`,Be=()=>`Escribe un importe como 12.50.`,z=((e={},t={})=>(t.locale??v())===`es`?Be(e):ze(e)),Ve=()=>`Address`,He=()=>`Dirección`,Ue=((e={},t={})=>(t.locale??v())===`es`?He(e):Ve(e)),We=()=>`Company`,Ge=()=>`Empresa`,Ke=((e={},t={})=>(t.locale??v())===`es`?Ge(e):We(e)),qe=()=>`E-mail`,Je=()=>`Correo`,Ye=((e={},t={})=>(t.locale??v())===`es`?Je(e):qe(e)),Xe=()=>`Name`,Ze=()=>`Nombre`,Qe=((e={},t={})=>(t.locale??v())===`es`?Ze(e):Xe(e)),$e=()=>`Note`,et=()=>`Nota`,tt=((e={},t={})=>(t.locale??v())===`es`?et(e):$e(e)),nt=()=>`Phone`,rt=()=>`Teléfono`,it=((e={},t={})=>(t.locale??v())===`es`?rt(e):nt(e)),at=()=>`Ships to`,ot=()=>`Envío a`,st=((e={},t={})=>(t.locale??v())===`es`?ot(e):at(e)),ct=()=>`The website knows nothing about the customer.`,lt=()=>`El sitio web no sabe nada del cliente.`,ut=((e={},t={})=>(t.locale??v())===`es`?lt(e):ct(e)),dt=()=>`Hand over…`,ft=()=>`Entregar…`,pt=((e={},t={})=>(t.locale??v())===`es`?ft(e):dt(e)),mt=()=>`The hand-over is recorded`,ht=()=>`La entrega está registrada`,gt=((e={},t={})=>(t.locale??v())===`es`?ht(e):mt(e)),_t=e=>`${e?.n} left`,vt=e=>`quedan ${e?.n}`,yt=((e,t={})=>(t.locale??v())===`es`?vt(e):_t(e)),bt=()=>`Store`,xt=()=>`Tienda`,St=((e={},t={})=>(t.locale??v())===`es`?xt(e):bt(e)),Ct=()=>`Record it`,wt=()=>`Registrar`,Tt=((e={},t={})=>(t.locale??v())===`es`?wt(e):Ct(e)),Et=()=>`A store`,Dt=()=>`Una tienda`,Ot=((e={},t={})=>(t.locale??v())===`es`?Dt(e):Et(e)),kt=()=>`Handed to the customer, or shipped from there.`,At=()=>`Se entrega al cliente o se envía desde allí.`,jt=((e={},t={})=>(t.locale??v())===`es`?At(e):kt(e)),Mt=()=>`A supplier`,Nt=()=>`Un proveedor`,Pt=((e={},t={})=>(t.locale??v())===`es`?Nt(e):Mt(e)),Ft=()=>`Sent to the customer by the supplier.`,It=()=>`El proveedor lo envía al cliente.`,Lt=((e={},t={})=>(t.locale??v())===`es`?It(e):Ft(e)),Rt=()=>`Who hands it over?`,zt=()=>`¿Quién lo entrega?`,Bt=((e={},t={})=>(t.locale??v())===`es`?zt(e):Rt(e)),Vt=()=>`Who hands it over`,Ht=()=>`Quién lo entrega`,Ut=((e={},t={})=>(t.locale??v())===`es`?Ht(e):Vt(e)),Wt=()=>`not yet`,Gt=()=>`todavía no`,Kt=((e={},t={})=>(t.locale??v())===`es`?Gt(e):Wt(e)),qt=e=>`${e?.who} ${e?.n} of ${e?.of}`,Jt=e=>`${e?.who} ${e?.n} de ${e?.of}`,Yt=((e,t={})=>(t.locale??v())===`es`?Jt(e):qt(e)),Xt=()=>`Store`,Zt=()=>`Tienda`,Qt=((e={},t={})=>(t.locale??v())===`es`?Zt(e):Xt(e)),$t=()=>`Supplier`,en=()=>`Proveedor`,tn=((e={},t={})=>(t.locale??v())===`es`?en(e):$t(e)),nn=()=>`Fee or coupon`,rn=()=>`Cargo o cupón`,an=((e={},t={})=>(t.locale??v())===`es`?rn(e):nn(e)),on=()=>`Gift card`,sn=()=>`Tarjeta regalo`,cn=((e={},t={})=>(t.locale??v())===`es`?sn(e):on(e)),ln=()=>`Product`,un=()=>`Producto`,dn=((e={},t={})=>(t.locale??v())===`es`?un(e):ln(e)),fn=()=>`Shipping`,pn=()=>`Envío`,mn=((e={},t={})=>(t.locale??v())===`es`?pn(e):fn(e)),hn=()=>`Add a line`,gn=()=>`Añadir una línea`,B=((e={},t={})=>(t.locale??v())===`es`?gn(e):hn(e)),_n=e=>`added by ${e?.who}`,vn=e=>`añadida por ${e?.who}`,yn=((e,t={})=>(t.locale??v())===`es`?vn(e):_n(e)),bn=()=>`The sale in Lightspeed does not change. Make the same change there.`,xn=()=>`La venta en Lightspeed no cambia. Haz el mismo cambio allí.`,V=((e={},t={})=>(t.locale??v())===`es`?xn(e):bn(e)),Sn=()=>`Change quantity`,Cn=()=>`Cambiar cantidad`,H=((e={},t={})=>(t.locale??v())===`es`?Cn(e):Sn(e)),wn=()=>`Description`,Tn=()=>`Descripción`,En=((e={},t={})=>(t.locale??v())===`es`?Tn(e):wn(e)),Dn=()=>`Discount on the line`,On=()=>`Descuento de la línea`,U=((e={},t={})=>(t.locale??v())===`es`?On(e):Dn(e)),kn=e=>`${e?.amount} off`,An=e=>`${e?.amount} de descuento`,jn=((e,t={})=>(t.locale??v())===`es`?An(e):kn(e)),Mn=()=>`Exchange`,Nn=()=>`Cambiar`,W=((e={},t={})=>(t.locale??v())===`es`?Nn(e):Mn(e)),Pn=e=>`Exchange “${e?.name}”`,Fn=e=>`Cambiar «${e?.name}»`,In=((e,t={})=>(t.locale??v())===`es`?Fn(e):Pn(e)),Ln=()=>`Handed over`,Rn=()=>`Entrega`,zn=((e={},t={})=>(t.locale??v())===`es`?Rn(e):Ln(e)),Bn=()=>`Kind of line`,Vn=()=>`Tipo de línea`,Hn=((e={},t={})=>(t.locale??v())===`es`?Vn(e):Bn(e)),Un=()=>`Price of a unit`,Wn=()=>`Precio por unidad`,Gn=((e={},t={})=>(t.locale??v())===`es`?Wn(e):Un(e)),Kn=()=>`Product`,qn=()=>`Producto`,Jn=((e={},t={})=>(t.locale??v())===`es`?qn(e):Kn(e)),Yn=()=>`Quantity`,Xn=()=>`Cantidad`,G=((e={},t={})=>(t.locale??v())===`es`?Xn(e):Yn(e)),Zn=()=>`The quantity was changed`,Qn=()=>`Se ha cambiado la cantidad`,$n=((e={},t={})=>(t.locale??v())===`es`?Qn(e):Zn(e)),er=()=>`Remove a line`,tr=()=>`Quitar una línea`,K=((e={},t={})=>(t.locale??v())===`es`?tr(e):er(e)),nr=()=>`The sale in Lightspeed does not change. Return the item there too.`,rr=()=>`La venta en Lightspeed no cambia. Devuelve el artículo también allí.`,ir=((e={},t={})=>(t.locale??v())===`es`?rr(e):nr(e)),ar=()=>`The order’s total falls by it. What was collected stays; give it back as a refund.`,or=()=>`El total del pedido baja. Lo cobrado queda; devuélvelo con un reembolso.`,sr=((e={},t={})=>(t.locale??v())===`es`?or(e):ar(e)),cr=()=>`Remove`,lr=()=>`Quitar`,ur=((e={},t={})=>(t.locale??v())===`es`?lr(e):cr(e)),dr=()=>`Removed`,fr=()=>`Quitada`,pr=((e={},t={})=>(t.locale??v())===`es`?fr(e):dr(e)),mr=()=>`Tax on the line`,hr=()=>`Impuesto de la línea`,gr=((e={},t={})=>(t.locale??v())===`es`?hr(e):mr(e)),_r=e=>`${e?.amount} tax`,vr=e=>`${e?.amount} de impuesto`,yr=((e,t={})=>(t.locale??v())===`es`?vr(e):_r(e)),br=()=>`The line was added`,xr=()=>`Se ha añadido la línea`,Sr=((e={},t={})=>(t.locale??v())===`es`?xr(e):br(e)),Cr=()=>`The line was exchanged`,wr=()=>`Se ha cambiado la línea`,Tr=((e={},t={})=>(t.locale??v())===`es`?wr(e):Cr(e)),Er=()=>`The line was removed`,Dr=()=>`Se ha quitado la línea`,Or=((e={},t={})=>(t.locale??v())===`es`?Dr(e):Er(e)),kr=()=>`Which line`,Ar=()=>`Qué línea`,jr=((e={},t={})=>(t.locale??v())===`es`?Ar(e):kr(e)),Mr=()=>`Find the item`,Nr=()=>`Buscar el artículo`,Pr=((e={},t={})=>(t.locale??v())===`es`?Nr(e):Mr(e)),Fr=()=>`Choose the item in Lightspeed. What you decide stays, whatever is synced later.`,Ir=()=>`Elige el artículo en Lightspeed. Lo que decides se mantiene, pase lo que pase después.`,Lr=((e={},t={})=>(t.locale??v())===`es`?Ir(e):Fr(e)),Rr=e=>`linked to ${e?.name}`,zr=e=>`vinculado a ${e?.name}`,Br=((e,t={})=>(t.locale??v())===`es`?zr(e):Rr(e)),Vr=e=>`Which item is “${e?.name}”?`,Hr=e=>`¿Qué artículo es «${e?.name}»?`,Ur=((e,t={})=>(t.locale??v())===`es`?Hr(e):Vr(e)),Wr=()=>`This is settled`,Gr=()=>`Ya está resuelto`,Kr=((e={},t={})=>(t.locale??v())===`es`?Gr(e):Wr(e)),qr=()=>`The notice has ended`,Jr=()=>`El aviso ha terminado`,Yr=((e={},t={})=>(t.locale??v())===`es`?Jr(e):qr(e)),Xr=()=>`Export order`,Zr=()=>`Exportar pedido`,Qr=((e={},t={})=>(t.locale??v())===`es`?Zr(e):Xr(e)),$r=()=>`Export opens once nothing holds the order back.`,ei=()=>`Se podrá exportar cuando nada retenga el pedido.`,ti=((e={},t={})=>(t.locale??v())===`es`?ei(e):$r(e)),ni=()=>`The order is on its way to Lightspeed`,ri=()=>`El pedido va camino de Lightspeed`,ii=((e={},t={})=>(t.locale??v())===`es`?ri(e):ni(e)),ai=e=>{let t=L(`en`,e?.count,{});return t===`one`?`${e?.n} thing holds this order back`:t===`other`?`${e?.n} things hold this order back`:`order_held_by`},oi=e=>{let t=L(`es`,e?.count,{});return t===`one`?`${e?.n} cosa retiene este pedido`:t===`other`?`${e?.n} cosas retienen este pedido`:`order_held_by`},si=((e,t={})=>(t.locale??v())===`es`?oi(e):ai(e)),ci=()=>`Export opens once nothing is left`,li=()=>`Se podrá exportar cuando no quede ninguna`,ui=((e={},t={})=>(t.locale??v())===`es`?li(e):ci(e)),di=()=>`What happened`,fi=()=>`Qué ha pasado`,pi=((e={},t={})=>(t.locale??v())===`es`?fi(e):di(e)),mi=()=>`Lines`,hi=()=>`Líneas`,gi=((e={},t={})=>(t.locale??v())===`es`?hi(e):mi(e)),_i=()=>`No such order`,vi=()=>`No existe el pedido`,q=((e={},t={})=>(t.locale??v())===`es`?vi(e):_i(e)),yi=e=>`The website has sent no order with the key “${e?.key}”.`,bi=e=>`El sitio web no ha enviado ningún pedido con la clave «${e?.key}».`,xi=((e,t={})=>(t.locale??v())===`es`?bi(e):yi(e)),Si=()=>`No status`,Ci=()=>`Sin estado`,wi=((e={},t={})=>(t.locale??v())===`es`?Ci(e):Si(e)),Ti=()=>`To look at`,Ei=()=>`Para revisar`,Di=((e={},t={})=>(t.locale??v())===`es`?Ei(e):Ti(e)),Oi=e=>`Open sale ${e?.id}`,ki=e=>`Abrir la venta ${e?.id}`,Ai=((e,t={})=>(t.locale??v())===`es`?ki(e):Oi(e)),ji=()=>`Payments`,Mi=()=>`Pagos`,Ni=((e={},t={})=>(t.locale??v())===`es`?Mi(e):ji(e)),Pi=e=>`Pickup at ${e?.store}`,Fi=e=>`Recogida en ${e?.store}`,Ii=((e,t={})=>(t.locale??v())===`es`?Fi(e):Pi(e)),Li=()=>`Placed`,Ri=()=>`Hecho`,zi=((e={},t={})=>(t.locale??v())===`es`?Ri(e):Li(e)),Bi=()=>`The export is tried again`,Vi=()=>`La exportación se reintenta`,Hi=((e={},t={})=>(t.locale??v())===`es`?Vi(e):Bi(e)),Ui=()=>`Try again now`,Wi=()=>`Reintentar ahora`,Gi=((e={},t={})=>(t.locale??v())===`es`?Wi(e):Ui(e)),Ki=e=>`Status: ${e?.name}`,qi=e=>`Estado: ${e?.name}`,Ji=((e,t={})=>(t.locale??v())===`es`?qi(e):Ki(e)),Yi=()=>`Status changed`,Xi=()=>`Estado cambiado`,Zi=((e={},t={})=>(t.locale??v())===`es`?Xi(e):Yi(e)),Qi=e=>`Order ${e?.number}`,$i=e=>`Pedido ${e?.number}`,ea=((e,t={})=>(t.locale??v())===`es`?$i(e):Qi(e)),ta=()=>`Total, tax included`,na=()=>`Total, impuestos incluidos`,ra=((e={},t={})=>(t.locale??v())===`es`?na(e):ta(e)),ia=()=>`Total with tax`,aa=()=>`Total con impuestos`,oa=((e={},t={})=>(t.locale??v())===`es`?aa(e):ia(e)),sa=()=>`Amount`,ca=()=>`Importe`,la=((e={},t={})=>(t.locale??v())===`es`?ca(e):sa(e)),ua=()=>`Not captured`,da=()=>`Sin cobrar`,fa=((e={},t={})=>(t.locale??v())===`es`?da(e):ua(e)),pa=()=>`Captured`,ma=()=>`Cobrado`,ha=((e={},t={})=>(t.locale??v())===`es`?ma(e):pa(e)),ga=()=>`Collected, less what was given back`,_a=()=>`Cobrado, menos lo devuelto`,va=((e={},t={})=>(t.locale??v())===`es`?_a(e):ga(e)),ya=()=>`Balance due`,ba=()=>`Saldo pendiente`,xa=((e={},t={})=>(t.locale??v())===`es`?ba(e):ya(e)),Sa=()=>`Method`,Ca=()=>`Método`,wa=((e={},t={})=>(t.locale??v())===`es`?Ca(e):Sa(e)),Ta=()=>`Nothing was paid.`,Ea=()=>`No se ha pagado nada.`,Da=((e={},t={})=>(t.locale??v())===`es`?Ea(e):Ta(e)),Oa=()=>`Overpaid by`,ka=()=>`Pagado de más`,Aa=((e={},t={})=>(t.locale??v())===`es`?ka(e):Oa(e)),ja=()=>`State`,Ma=()=>`Estado`,Na=((e={},t={})=>(t.locale??v())===`es`?Ma(e):ja(e)),Pa=()=>`Void`,Fa=()=>`Anular`,Ia=((e={},t={})=>(t.locale??v())===`es`?Fa(e):Pa(e)),La=()=>`Only when it was recorded by mistake: it then counts as never collected. Money that was given back is a refund instead.`,Ra=()=>`Solo si se registró por error: contará como nunca cobrado. El dinero devuelto es un reembolso.`,za=((e={},t={})=>(t.locale??v())===`es`?Ra(e):La(e)),Ba=e=>`Void the payment of ${e?.amount}?`,Va=e=>`¿Anular el pago de ${e?.amount}?`,Ha=((e,t={})=>(t.locale??v())===`es`?Va(e):Ba(e)),Ua=()=>`Voided`,Wa=()=>`Anulado`,Ga=((e={},t={})=>(t.locale??v())===`es`?Wa(e):Ua(e)),Ka=()=>`The payment was voided`,qa=()=>`El pago se ha anulado`,Ja=((e={},t={})=>(t.locale??v())===`es`?qa(e):Ka(e)),Ya=()=>`When`,Xa=()=>`Cuándo`,Za=((e={},t={})=>(t.locale??v())===`es`?Xa(e):Ya(e)),Qa=()=>`Amount collected`,$a=()=>`Importe cobrado`,eo=((e={},t={})=>(t.locale??v())===`es`?$a(e):Qa(e)),to=()=>`Note (optional)`,no=()=>`Nota (opcional)`,ro=((e={},t={})=>(t.locale??v())===`es`?no(e):to(e)),io=()=>`Record payment`,ao=()=>`Registrar pago`,oo=((e={},t={})=>(t.locale??v())===`es`?ao(e):io(e)),so=()=>`The payment is recorded`,co=()=>`El pago está registrado`,lo=((e={},t={})=>(t.locale??v())===`es`?co(e):so(e)),uo=()=>`Empty = in proportion to the quantity.`,fo=()=>`Vacío = en proporción a la cantidad.`,po=((e={},t={})=>(t.locale??v())===`es`?fo(e):uo(e)),mo=()=>`The order’s total changes with it. What is then due can be recorded as a payment, and what is too much can be refunded.`,ho=()=>`El total del pedido cambia con ella. Lo que falte se puede anotar como pago y lo que sobre se puede reembolsar.`,go=((e={},t={})=>(t.locale??v())===`es`?ho(e):mo(e)),_o=e=>`At least ${e?.n}: so many were handed over or refunded.`,vo=e=>`Como mínimo ${e?.n}: ya se entregaron o reembolsaron.`,yo=((e,t={})=>(t.locale??v())===`es`?vo(e):_o(e)),bo=e=>`Change the quantity of ${e?.name}`,xo=e=>`Cambiar la cantidad de ${e?.name}`,So=((e,t={})=>(t.locale??v())===`es`?xo(e):bo(e)),Co=()=>`Refund`,wo=()=>`Reembolsar`,To=((e={},t={})=>(t.locale??v())===`es`?wo(e):Co(e)),Eo=e=>`Refund ${e?.amount}`,Do=e=>`Reembolsar ${e?.amount}`,Oo=((e,t={})=>(t.locale??v())===`es`?Do(e):Eo(e)),ko=e=>`Refund ${e?.amount} in both places`,Ao=e=>`Reembolsar ${e?.amount} en ambos sitios`,jo=((e,t={})=>(t.locale??v())===`es`?Ao(e):ko(e)),Mo=()=>`Given back`,No=()=>`Devuelto`,Po=((e={},t={})=>(t.locale??v())===`es`?No(e):Mo(e)),Fo=()=>`1 of 2 done`,Io=()=>`1 de 2 hecho`,Lo=((e={},t={})=>(t.locale??v())===`es`?Io(e):Fo(e)),Ro=()=>`On the website: the payment was given back`,zo=()=>`En el sitio: el pago se devolvió`,Bo=((e={},t={})=>(t.locale??v())===`es`?zo(e):Ro(e)),Vo=()=>`Amount given back`,Ho=()=>`Importe devuelto`,Uo=((e={},t={})=>(t.locale??v())===`es`?Ho(e):Vo(e)),Wo=()=>`This records that the money was given back. The website’s payment provider moves it.`,Go=()=>`Esto registra que el dinero se devolvió. El proveedor de pagos del sitio lo mueve.`,Ko=((e={},t={})=>(t.locale??v())===`es`?Go(e):Wo(e)),qo=()=>`The order is in Lightspeed already: afterwards, make the refund there too.`,Jo=()=>`El pedido ya está en Lightspeed: después, haz el reembolso también allí.`,Yo=((e={},t={})=>(t.locale??v())===`es`?Jo(e):qo(e)),Xo=e=>`At most ${e?.amount}`,Zo=e=>`Como máximo ${e?.amount}`,Qo=((e,t={})=>(t.locale??v())===`es`?Zo(e):Xo(e)),$o=()=>`Reason (optional)`,es=()=>`Motivo (opcional)`,ts=((e={},t={})=>(t.locale??v())===`es`?es(e):$o(e)),ns=()=>`Record refund`,rs=()=>`Registrar reembolso`,is=((e={},t={})=>(t.locale??v())===`es`?rs(e):ns(e)),as=()=>`The refund is recorded`,os=()=>`El reembolso está registrado`,ss=((e={},t={})=>(t.locale??v())===`es`?os(e):as(e)),cs=()=>`In Lightspeed: refund the sale`,ls=()=>`En Lightspeed: reembolsar la venta`,us=((e={},t={})=>(t.locale??v())===`es`?ls(e):cs(e)),ds=e=>`Open sale ${e?.sale} and refund ${e?.amount} to ${e?.method}; return the items to inventory if they came back.`,fs=e=>`Abre la venta ${e?.sale} y reembolsa ${e?.amount} a ${e?.method}; devuelve los artículos al inventario si han vuelto.`,ps=((e,t={})=>(t.locale??v())===`es`?fs(e):ds(e)),ms=e=>`Refund to ${e?.method}`,hs=e=>`Reembolso a ${e?.method}`,gs=((e,t={})=>(t.locale??v())===`es`?hs(e):ms(e)),_s=e=>`Refund to ${e?.method}`,vs=e=>`Reembolso a ${e?.method}`,ys=((e,t={})=>(t.locale??v())===`es`?vs(e):_s(e)),bs=()=>`unknown payment`,xs=()=>`pago desconocido`,Ss=((e={},t={})=>(t.locale??v())===`es`?xs(e):bs(e)),Cs=()=>`Marked as done in Lightspeed`,ws=()=>`Marcado como hecho en Lightspeed`,Ts=((e={},t={})=>(t.locale??v())===`es`?ws(e):Cs(e)),Es=()=>`This order is in Lightspeed already. The website’s refund alone leaves stock and books wrong there.`,Ds=()=>`Este pedido ya está en Lightspeed. El reembolso del sitio por sí solo deja mal allí las existencias y las cuentas.`,Os=((e={},t={})=>(t.locale??v())===`es`?Ds(e):Es(e)),ks=()=>`Export requested`,As=()=>`Exportación solicitada`,js=((e={},t={})=>(t.locale??v())===`es`?As(e):ks(e)),Ms=e=>`Tried ${e?.n} times.`,Ns=e=>`${e?.n} intentos.`,Ps=((e,t={})=>(t.locale??v())===`es`?Ns(e):Ms(e)),Fs=()=>`Automatic: everything was paid and handed over`,Is=()=>`Automática: todo estaba pagado y entregado`,Ls=((e={},t={})=>(t.locale??v())===`es`?Is(e):Fs(e)),Rs=e=>`${e?.n} earlier states are left out.`,zs=e=>`Se omiten ${e?.n} estados anteriores.`,Bs=((e,t={})=>(t.locale??v())===`es`?zs(e):Rs(e)),Vs=()=>`In Lightspeed`,Hs=()=>`En Lightspeed`,Us=((e={},t={})=>(t.locale??v())===`es`?Hs(e):Vs(e)),Ws=()=>`An order is exported once. Later changes are made in both places.`,Gs=()=>`Un pedido se exporta una sola vez. Los cambios posteriores se hacen en ambos sitios.`,Ks=((e={},t={})=>(t.locale??v())===`es`?Gs(e):Ws(e)),qs=e=>`Payment recorded: ${e?.amount}`,Js=e=>`Pago registrado: ${e?.amount}`,Ys=((e,t={})=>(t.locale??v())===`es`?Js(e):qs(e)),Xs=()=>`Placed on the website`,Zs=()=>`Hecho en el sitio web`,Qs=((e={},t={})=>(t.locale??v())===`es`?Zs(e):Xs(e)),$s=()=>`Ready to export`,ec=()=>`Listo para exportar`,tc=((e={},t={})=>(t.locale??v())===`es`?ec(e):$s(e)),nc=()=>`From here, from the list, or automatic once everything is handed over.`,rc=()=>`Desde aquí, desde la lista, o automática cuando todo esté entregado.`,ic=((e={},t={})=>(t.locale??v())===`es`?rc(e):nc(e)),ac=e=>`Given back: ${e?.amount}`,oc=e=>`Devuelto: ${e?.amount}`,sc=((e,t={})=>(t.locale??v())===`es`?oc(e):ac(e)),cc=()=>`Refunded in Lightspeed too`,lc=()=>`Reembolsado también en Lightspeed`,uc=((e={},t={})=>(t.locale??v())===`es`?lc(e):cc(e)),dc=e=>`Sale ${e?.id}, ${e?.total}`,fc=e=>`Venta ${e?.id}, ${e?.total}`,pc=((e,t={})=>(t.locale??v())===`es`?fc(e):dc(e)),mc=e=>`ticket ${e?.number}`,hc=e=>`ticket ${e?.number}`,gc=((e,t={})=>(t.locale??v())===`es`?hc(e):mc(e)),_c=()=>`Enter a number of units.`,vc=()=>`Escribe un número de unidades.`,J=((e={},t={})=>(t.locale??v())===`es`?vc(e):_c(e)),yc=()=>`The sale in Lightspeed keeps the payment. The order reminds you until you have corrected the sale there.`,bc=()=>`La venta en Lightspeed conserva el pago. El pedido se lo recordará hasta que corrija la venta allí.`,xc=((e={},t={})=>(t.locale??v())===`es`?bc(e):yc(e)),Sc=()=>`It is added to the payment’s note.`,Cc=()=>`Se añade a la nota del pago.`,wc=((e={},t={})=>(t.locale??v())===`es`?Cc(e):Sc(e)),Y=te(ee(),1),X=g();function Tc({product:e,onClose:t}){let[n,r]=(0,Y.useState)(e.mpn||(e.name.split(` `).slice(0,2).join(` `)??``)),[i,a]=p({query:je,variables:{search:n},pause:n===``}),o=h(Ne),s=h(Ae),c=async n=>{let{ok:r,data:i,userErrors:a}=await o.run({item:n,product:e.id});if(a[0]&&D(a[0].message),!r)return;let c=i?.linkItem.decision?.id;E(Me({name:e.name}),c?{label:Oe(),run:()=>void s.run({id:c})}:void 0),t()};return(0,X.jsxs)(F,{title:Ur({name:e.name}),open:!0,onClose:t,acts:(0,X.jsx)(b,{onClick:t,children:O()}),children:[(0,X.jsx)(`p`,{children:Lr()}),(0,X.jsx)(`div`,{className:`fields`,children:(0,X.jsx)(Te,{label:Ee(),value:n,onChange:r,autoFocus:!0})}),(0,X.jsx)(l,{result:i,again:a,rows:3,children:({posItems:e})=>(0,X.jsxs)(`ul`,{className:`found`,children:[e.edges.map(({node:e})=>(0,X.jsxs)(`li`,{children:[(0,X.jsxs)(`span`,{children:[(0,X.jsx)(`bdi`,{children:e.description}),(0,X.jsxs)(`span`,{className:`muted block small`,children:[[I({id:e.lightspeedItemId}),e.brand,e.manufacturerSku,e.upc].filter(Boolean).join(` · `),e.product&&` · ${Br({name:e.product.name})}`]})]}),(0,X.jsxs)(b,{small:!0,busy:o.busy,onClick:()=>void c(e.id),children:[ke(),(0,X.jsxs)(`span`,{className:`sr`,children:[` `,e.description]})]})]},e.id)),e.edges.length===0&&(0,X.jsx)(`li`,{className:`muted`,children:Pe()})]})})]})}d(`
  fragment OrderLineParts on OrderLine {
    id
    kind
    productKey
    description
    quantity
    unitPrice {
      amount
      currencyCode
    }
    discount {
      amount
      currencyCode
    }
    tax {
      amount
      currencyCode
    }
    total {
      amount
      currencyCode
    }
    removed
    addedBy
    fulfilledQuantity
    fulfilledAt
    fulfillments {
      by
      quantity
      location {
        id
        name
      }
    }
    refundedQuantity
    product {
      id
      key
      name
      mpn
      posItem {
        id
        lightspeedItemId
      }
    }
  }
`),d(`
  fragment OrderParts on Order {
    ...OrderRow
    note
    websiteUrl
    pricesIncludeTax
    createdAt
    updatedAt
    customer {
      firstName
      lastName
      company
      email
      phone
      address {
        line1
        line2
        city
        region
        zip
        country
      }
    }
    shippingAddress {
      line1
      line2
      city
      region
      zip
      country
    }
    statedTotal {
      amount
      currencyCode
    }
    capturedTotal {
      amount
      currencyCode
    }
    lines {
      ...OrderLineParts
    }
    payments {
      id
      method
      amount {
        amount
        currencyCode
      }
      refunded {
        amount
        currencyCode
      }
      state
      offline
      note
      recordedBy
      capturedAt
    }
    refunds {
      id
      payment {
        id
        method
      }
      amount {
        amount
        currencyCode
      }
      reason
      refundedBy
      refundedAt
      afterExport
      doneInLightspeedAt
      doneInLightspeedBy
    }
    export {
      state
      trigger
      requestedBy
      requestedAt
      attempts
      reference
      history {
        state
        reason {
          code
          message
        }
        at
      }
      historyCount
      saleTotal {
        amount
        currencyCode
      }
      customerUrl
    }
    notices {
      code
      message
      refund {
        id
      }
    }
  }
`);var Ec=d(`
  query OrderPage($key: String!) {
    order(key: $key) {
      ...OrderParts
    }
    locations {
      id
      name
    }
    statusTypes {
      id
      name
      retired
    }
  }
`),Dc=d(`
  mutation CaptureOffline($input: CaptureOfflinePaymentInput!) {
    captureOfflinePayment(input: $input) {
      order {
        ...OrderParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Oc=d(`
  mutation StoreFulfillment($input: RecordStoreFulfillmentInput!) {
    recordStoreFulfillment(input: $input) {
      order {
        ...OrderParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),kc=d(`
  mutation SupplierFulfillment($input: RecordSupplierFulfillmentInput!) {
    recordSupplierFulfillment(input: $input) {
      order {
        ...OrderParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Ac=d(`
  mutation AddLine($input: AddOrderLineInput!) {
    addOrderLine(input: $input) {
      order {
        ...OrderParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),jc=d(`
  mutation ExchangeLine($input: ExchangeOrderLineInput!) {
    exchangeOrderLine(input: $input) {
      order {
        ...OrderParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Mc=d(`
  mutation RemoveLine($input: RemoveOrderLineInput!) {
    removeOrderLine(input: $input) {
      order {
        ...OrderParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Nc=d(`
  mutation RefundPayment($input: RefundOrderPaymentInput!) {
    refundOrderPayment(input: $input) {
      order {
        ...OrderParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Pc=d(`
  mutation RefundDone($input: MarkRefundDoneInLightspeedInput!) {
    markRefundDoneInLightspeed(input: $input) {
      order {
        ...OrderParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Fc=d(`
  mutation Acknowledge($input: AcknowledgeNoticeInput!) {
    acknowledgeNotice(input: $input) {
      order {
        ...OrderParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Ic=d(`
  mutation ExportOne($input: ExportOrderInput!) {
    exportOrder(input: $input) {
      order {
        ...OrderParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Lc=d(`
  mutation RetryOne($input: RetryExportInput!) {
    retryExport(input: $input) {
      order {
        ...OrderParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Rc=d(`
  mutation VoidOffline($input: VoidOfflinePaymentInput!) {
    voidOfflinePayment(input: $input) {
      order {
        ...OrderParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),zc=d(`
  mutation ChangeQuantity($input: ChangeOrderLineQuantityInput!) {
    changeOrderLineQuantity(input: $input) {
      order {
        ...OrderParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);function Z(e,t=[]){let n=h(e),[r,i]=(0,Y.useState)({});return{run:async(e,r)=>{let{ok:a,userErrors:o}=await n.run({input:e});i(Ie(o));let s=o.filter(e=>!t.some(t=>e.field.includes(t)));return s[0]&&D(s[0].message),a&&r&&E(r),a},busy:n.busy,errorOf:e=>Object.entries(r).find(([t])=>t===e||t.endsWith(`.${e}`))?.[1]}}var Bc=[`kind`,`productId`,`description`,`quantity`,`unitPrice`,`discount`,`tax`];function Q({order:e,line:t,onClose:n}){let r=Z(Ac,Bc),i=Z(jc,Bc),a=t?i:r,[o,s]=(0,Y.useState)(P),[c,l]=(0,Y.useState)({kind:t?.kind??`PRODUCT`,product:void 0,description:``,quantity:t?M(t.quantity,0):`1`,unitPrice:``,discount:`0`,tax:`0`}),u=e=>{l(t=>({...t,...e})),s(P())},d=c.kind===`FEE`?Vc(c.unitPrice):j(c.unitPrice,6),f=j(c.quantity,6),p=d!==void 0&&f!==void 0&&(c.kind===`PRODUCT`?c.product!==void 0:c.description.trim()!==``),m=async()=>{let a={kind:c.kind,productId:c.kind===`PRODUCT`?c.product?.id:void 0,description:c.description||void 0,quantity:f??`1`,unitPrice:d??`0`,discount:j(c.discount)??`0`,tax:j(c.tax)??`0`},s={orderId:e.id,line:a,expectedRevision:e.revision,clientMutationKey:o};(t?await i.run({...s,lineId:t.id},Tr()):await r.run(s,Sr()))&&n()};return(0,X.jsxs)(F,{title:t?In({name:t.description}):B(),open:!0,onClose:n,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(b,{onClick:n,children:O()}),(0,X.jsx)(b,{look:`primary`,busy:a.busy,disabled:!p,onClick:()=>void m(),children:t?W():B()})]}),children:[e.exportState===`EXPORTED`&&(0,X.jsx)(`p`,{children:V()}),(0,X.jsxs)(`div`,{className:`fields`,children:[(0,X.jsx)(S,{label:Hn(),value:c.kind,onChange:e=>e&&u({kind:e}),choices:[{value:`PRODUCT`,label:dn()},{value:`SHIPPING`,label:mn()},{value:`FEE`,label:an()},{value:`GIFT_CARD`,label:cn()}]}),c.kind===`PRODUCT`?(0,X.jsx)(Fe,{chosen:c.product,onChoose:e=>u({product:e,...e&&{unitPrice:M(e.effectivePrice.price.amount)}}),error:a.errorOf(`productId`)}):(0,X.jsx)(x,{label:En(),value:c.description,maxLength:500,onChange:e=>u({description:e}),error:a.errorOf(`description`)}),(0,X.jsxs)(`div`,{className:`fields pair`,children:[(0,X.jsx)(x,{label:G(),inputMode:`numeric`,value:c.quantity,onChange:e=>u({quantity:e}),error:f?a.errorOf(`quantity`):J()}),(0,X.jsx)(x,{label:Gn(),inputMode:`decimal`,value:c.unitPrice,onChange:e=>u({unitPrice:e}),error:d!==void 0||!c.unitPrice?a.errorOf(`unitPrice`):z()}),(0,X.jsx)(x,{label:U(),inputMode:`decimal`,value:c.discount,onChange:e=>u({discount:e}),error:j(c.discount)?a.errorOf(`discount`):z()}),(0,X.jsx)(x,{label:gr(),inputMode:`decimal`,value:c.tax,onChange:e=>u({tax:e}),error:j(c.tax)?a.errorOf(`tax`):z()})]})]})]})}function Vc(e){let t=e.trim().replace(`−`,`-`),n=j(t.replace(/^-/,``),6);return n&&t.startsWith(`-`)?`-${n}`:n}function Hc({order:e,payment:t,onClose:n}){let r=Z(Rc,[`reason`]),[i,a]=(0,Y.useState)(``),o=async()=>{await r.run({orderId:e.id,paymentId:t.id,reason:i||void 0,expectedRevision:e.revision},Ja())&&n()};return(0,X.jsxs)(F,{title:Ha({amount:u(t.amount)}),open:!0,onClose:n,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(b,{autoFocus:!0,onClick:n,children:O()}),(0,X.jsx)(b,{look:`danger`,busy:r.busy,onClick:()=>void o(),children:Ia()})]}),children:[(0,X.jsx)(`p`,{children:za()}),e.exportState===`EXPORTED`&&(0,X.jsx)(`p`,{children:xc()}),(0,X.jsx)(`div`,{className:`fields`,children:(0,X.jsx)(x,{label:ts(),hint:wc(),value:i,maxLength:500,onChange:a,error:r.errorOf(`reason`)})})]})}var Uc={AUTHORISED:{tone:`warn`,words:fa},CAPTURED:{tone:`ok`,words:ha},VOIDED:{tone:`plain`,words:Ga}},$=e=>k([e.amount.amount,N(e.refunded.amount)]);function Wc({order:e}){let[t,n]=(0,Y.useState)(),[i,a]=(0,Y.useState)(),o=T(),s=A(e.balanceDue.amount);return(0,X.jsxs)(f,{title:Ni(),flush:!0,children:[(0,X.jsxs)(`table`,{className:`list pays`,children:[(0,X.jsx)(`thead`,{children:(0,X.jsxs)(`tr`,{children:[(0,X.jsx)(`th`,{children:wa()}),(0,X.jsx)(`th`,{children:Na()}),(0,X.jsx)(`th`,{children:Za()}),(0,X.jsx)(`th`,{className:`num`,children:la()}),o&&(0,X.jsx)(`th`,{children:(0,X.jsx)(`span`,{className:`sr`,children:R()})})]})}),(0,X.jsxs)(`tbody`,{children:[e.payments.map(e=>(0,X.jsxs)(`tr`,{children:[(0,X.jsxs)(`td`,{className:`two wrap`,children:[(0,X.jsx)(`bdi`,{children:e.method}),(e.note||e.recordedBy)&&(0,X.jsx)(`div`,{className:`muted`,children:[e.note,e.recordedBy].filter(Boolean).join(` · `)})]}),(0,X.jsx)(`td`,{children:(0,X.jsx)(w,{tone:Uc[e.state].tone,children:Uc[e.state].words()})}),(0,X.jsx)(`td`,{className:`muted`,children:e.capturedAt?(0,X.jsx)(r,{at:e.capturedAt}):`–`}),(0,X.jsx)(`td`,{className:`num tot`,children:u(e.amount)}),o&&(0,X.jsxs)(`td`,{className:`act`,children:[e.offline&&e.state===`CAPTURED`&&A(e.refunded.amount)===0&&(0,X.jsxs)(b,{look:`quiet`,small:!0,onClick:()=>a(e),children:[Ia(),(0,X.jsxs)(`span`,{className:`sr`,children:[` `,e.method,` `,u(e.amount)]})]}),e.state===`CAPTURED`&&A($(e))>0&&(0,X.jsxs)(b,{look:`quiet`,small:!0,onClick:()=>n(e),children:[To(),(0,X.jsxs)(`span`,{className:`sr`,children:[` `,e.method,` `,u(e.amount)]})]})]})]},e.id)),e.refunds.map(e=>(0,X.jsxs)(`tr`,{children:[(0,X.jsxs)(`td`,{className:`two wrap`,children:[ys({method:e.payment?.method??Ss()}),(e.reason||e.refundedBy)&&(0,X.jsx)(`div`,{className:`muted`,children:[e.reason,e.refundedBy].filter(Boolean).join(` · `)})]}),(0,X.jsx)(`td`,{children:e.afterExport&&!e.doneInLightspeedAt?(0,X.jsx)(w,{tone:`warn`,children:re()}):(0,X.jsx)(w,{tone:`plain`,icon:`undo`,children:Po()})}),(0,X.jsx)(`td`,{className:`muted`,children:(0,X.jsx)(r,{at:e.refundedAt})}),(0,X.jsxs)(`td`,{className:`num tot`,children:[`−`,u(e.amount)]}),o&&(0,X.jsx)(`td`,{className:`only-d`})]},e.id)),e.payments.length===0&&(0,X.jsx)(`tr`,{children:(0,X.jsx)(`td`,{className:`muted`,colSpan:o?5:4,children:Da()})})]}),(0,X.jsxs)(`tfoot`,{children:[(0,X.jsxs)(`tr`,{children:[(0,X.jsx)(`td`,{colSpan:3,children:va()}),(0,X.jsx)(`td`,{className:`num`,children:u(e.capturedTotal)}),o&&(0,X.jsx)(`td`,{className:`only-d`})]}),(0,X.jsxs)(`tr`,{className:`sum`,children:[(0,X.jsx)(`td`,{colSpan:3,children:s<0?Aa():xa()}),(0,X.jsx)(`td`,{className:s===0?`num`:`num t-warn`,children:u(s<0?{...e.balanceDue,amount:N(e.balanceDue.amount)}:e.balanceDue)}),o&&(0,X.jsx)(`td`,{className:`only-d`})]})]})]}),i&&(0,X.jsx)(Hc,{order:e,payment:i,onClose:()=>a(void 0)}),t&&(0,X.jsx)(Gc,{order:e,payment:t,onClose:()=>n(void 0)})]})}function Gc({order:e,payment:t,amount:n,onClose:r}){let i=Z(Nc,[`amount`,`reason`]),[a,o]=(0,Y.useState)(M(n??$(t))),[s,c]=(0,Y.useState)(``),[l,d]=(0,Y.useState)(P),f=j(a),p=async()=>{await i.run({orderId:e.id,paymentId:t.id,amount:f,reason:s||void 0,expectedRevision:e.revision,clientMutationKey:l},ss())&&r()};return(0,X.jsxs)(F,{title:gs({method:t.method}),open:!0,onClose:r,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(b,{onClick:r,children:O()}),(0,X.jsx)(b,{look:`primary`,busy:i.busy,disabled:!f,onClick:()=>void p(),children:is()})]}),children:[(0,X.jsx)(`p`,{children:Ko()}),e.exportState===`EXPORTED`&&(0,X.jsx)(`p`,{children:Yo()}),(0,X.jsxs)(`div`,{className:`fields`,children:[(0,X.jsx)(x,{label:Uo(),hint:Qo({amount:u({...t.amount,amount:$(t)})}),inputMode:`decimal`,value:a,onChange:e=>{o(e),d(P())},error:f?i.errorOf(`amount`):z()}),(0,X.jsx)(x,{label:ts(),value:s,maxLength:500,onChange:e=>{c(e),d(P())},error:i.errorOf(`reason`)})]})]})}function Kc({order:e,line:t,onClose:n}){let r=Z(Mc),i=e.lines.filter(e=>!e.removed),[a,o]=(0,Y.useState)(t?.id??``),s=async()=>{await r.run({orderId:e.id,lineId:a,expectedRevision:e.revision},Or())&&n()};return(0,X.jsxs)(F,{title:K(),open:!0,onClose:n,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(b,{autoFocus:!0,onClick:n,children:O()}),(0,X.jsx)(b,{look:`danger`,busy:r.busy,disabled:!a,onClick:()=>void s(),children:K()})]}),children:[(0,X.jsx)(`p`,{children:e.exportState===`EXPORTED`?ir():sr()}),t?(0,X.jsxs)(`p`,{children:[(0,X.jsx)(`b`,{children:(0,X.jsx)(`bdi`,{children:t.description})}),` `,`· `,u(t.total)]}):(0,X.jsx)(ne,{label:jr(),value:a,saved:a,plain:!0,onChange:o,choices:i.map(e=>({value:e.id,label:e.description,hint:u(e.total)}))})]})}function qc({order:e}){let t=e.exportBlockers;return t.length===0?null:(0,X.jsx)(f,{title:si({count:t.length,n:s(t.length)}),aside:(0,X.jsx)(`span`,{className:`muted small only-d`,children:ui()}),children:t.map(t=>(0,X.jsxs)(`div`,{className:`blk`,children:[(0,X.jsx)(_,{name:ge[t.code]??`warn`}),(0,X.jsx)(`span`,{className:`t`,children:t.message}),(0,X.jsx)(`p`,{children:t.advice}),(0,X.jsx)(m,{children:(0,X.jsx)(Jc,{order:e,blocker:t})})]},t.code))})}function Jc({order:t,blocker:n}){let[r,i]=(0,Y.useState)(!1),a=Z(Lc),o=he(n.code);if(o)return(0,X.jsx)(e,{to:o,className:`btn`,children:Ce(o)});let s=()=>i(!1),c=e=>(0,X.jsx)(b,{onClick:()=>i(!0),children:e});switch(n.code){case`BALANCE_DUE`:return(0,X.jsx)(Yc,{order:t});case`OVERPAID`:{let e=t.payments.find(e=>e.state===`CAPTURED`);return e?(0,X.jsxs)(X.Fragment,{children:[c(Oo({amount:u({...t.balanceDue,amount:N(t.balanceDue.amount)})})),r&&(0,X.jsx)(Gc,{order:t,payment:e,amount:N(t.balanceDue.amount),onClose:s})]}):null}case`UNLINKED_PRODUCT`:return(0,X.jsx)(Xc,{order:t});case`REFUNDED`:case`NEGATIVE_TOTAL`:case`TOO_MANY_LINES`:return(0,X.jsxs)(X.Fragment,{children:[c(K()),r&&(0,X.jsx)(Kc,{order:t,onClose:s})]});case`NO_LINES`:case`TOTAL_MISMATCH`:return(0,X.jsxs)(X.Fragment,{children:[c(B()),r&&(0,X.jsx)(Q,{order:t,onClose:s})]});case`FRACTIONAL_QUANTITY`:{let e=t.lines.find(e=>!e.removed&&!/^\d+(\.0*)?$/.test(e.quantity));return e&&(0,X.jsxs)(X.Fragment,{children:[c(W()),r&&(0,X.jsx)(Q,{order:t,line:e,onClose:s})]})}case`ORDER_REFUSED`:return t.export&&(0,X.jsx)(b,{icon:`refresh`,busy:a.busy,onClick:()=>void a.run({orderId:t.id},Hi()),children:Gi()});default:return null}}function Yc({order:e}){let t=Z(Dc,[`amount`,`note`]),[n,r]=(0,Y.useState)(),[i,a]=(0,Y.useState)(``),[o,s]=(0,Y.useState)(P),c=n??M(e.balanceDue.amount),l=j(c);if(A(e.balanceDue.amount)<=0)return null;let u=async()=>{await t.run({orderId:e.id,amount:l,note:i||void 0,expectedRevision:e.revision,clientMutationKey:o},lo())&&(r(void 0),a(``),s(P()))};return(0,X.jsxs)(`form`,{className:`inline`,onSubmit:e=>{e.preventDefault(),l&&u()},children:[(0,X.jsx)(x,{label:eo(),inputMode:`decimal`,value:c,onChange:e=>{r(e),s(P())},error:l?t.errorOf(`amount`):z()}),(0,X.jsx)(x,{label:ro(),value:i,onChange:a,maxLength:500,error:t.errorOf(`note`)}),(0,X.jsx)(b,{type:`submit`,look:`primary`,busy:t.busy,disabled:!l,children:oo()})]})}function Xc({order:e}){let[t,n]=(0,Y.useState)(!1),r=e.lines.find(e=>!e.removed&&e.kind===`PRODUCT`&&e.product&&!e.product.posItem);return r?.product?(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(b,{icon:`search`,onClick:()=>n(!0),children:Pr()}),t&&(0,X.jsx)(Tc,{product:r.product,onClose:()=>n(!1)})]}):null}var Zc=e=>[e.line1,e.line2,[e.city,e.region,e.zip].filter(Boolean).join(` `),e.country].filter(Boolean);function Qc({order:e}){let t=e.customer,n=[[Qe(),pe({...t,company:``,email:``})],[Ke(),t.company],[Ye(),t.email],[it(),t.phone],[Ue(),Zc(t.address).join(`, `)],[st(),e.shippingAddress?Zc(e.shippingAddress).join(`, `):``],[tt(),e.note]].filter(([,e])=>e);return(0,X.jsx)(f,{title:de(),aside:e.export?.customerUrl&&(0,X.jsx)(y,{href:e.export.customerUrl,className:`small`,children:`Lightspeed`}),children:n.length>0?(0,X.jsx)(`dl`,{className:`kv`,children:n.map(([e,t])=>(0,X.jsxs)(`div`,{className:`contents`,children:[(0,X.jsx)(`dt`,{children:e}),(0,X.jsx)(`dd`,{className:`any`,children:(0,X.jsx)(`bdi`,{children:t})})]},e))}):(0,X.jsx)(`p`,{className:`muted`,children:ut()})})}function $c({order:e,locations:t,onClose:n}){let r=Z(Oc,[`locationId`,`lines`]),i=Z(kc,[`lines`]),[a,o]=(0,Y.useState)(`STORE`),[s,c]=(0,Y.useState)(e.pickupLocation?.id??``),l=e.lines.filter(e=>!e.removed&&e.kind===`PRODUCT`).map(e=>({...e,left:M(k([e.quantity,N(e.fulfilledQuantity)]),0)})).filter(e=>/[1-9]/.test(e.left)),[u,d]=(0,Y.useState)({}),f=l.map(e=>({...e,typed:u[e.id]??e.left})),p=f.filter(e=>e.typed.trim()!==``&&e.typed.trim()!==`0`),m=p.some(e=>j(e.typed,6)===void 0),h=a===`STORE`?r:i,g=async()=>{let t=p.map(e=>({lineId:e.id,quantity:j(e.typed,6)})),o={orderId:e.id,lines:t,expectedRevision:e.revision};(a===`STORE`?await r.run({...o,locationId:s||void 0},gt()):await i.run(o,gt()))&&n()};return(0,X.jsxs)(F,{title:Bt(),open:!0,onClose:n,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(b,{onClick:n,children:O()}),(0,X.jsx)(b,{look:`primary`,busy:h.busy,disabled:m||p.length===0||a===`STORE`&&!s,onClick:()=>void g(),children:Tt()})]}),children:[(0,X.jsx)(ne,{label:Ut(),value:a,saved:`STORE`,plain:!0,onChange:o,choices:[{value:`STORE`,label:Ot(),hint:jt()},{value:`SUPPLIER`,label:Pt(),hint:Lt()}]}),(0,X.jsxs)(`div`,{className:`fields`,children:[a===`STORE`&&(0,X.jsx)(S,{label:St(),value:s,onChange:c,error:r.errorOf(`locationId`),choices:t.map(e=>({value:e.id,label:e.name}))}),f.map(e=>(0,X.jsx)(x,{label:(0,X.jsx)(`bdi`,{children:e.description}),hint:yt({n:e.left}),inputMode:`numeric`,value:e.typed,onChange:t=>d(n=>({...n,[e.id]:t})),error:e.typed.trim()!==``&&j(e.typed,6)===void 0?J():h.errorOf(`quantity`)},e.id))]})]})}function el({order:e,line:t,onClose:n}){let r=Z(zc,[`quantity`,`discount`,`tax`]),[i,o]=(0,Y.useState)(M(t.quantity,0)),[s,c]=(0,Y.useState)(``),[l,u]=(0,Y.useState)(``),d=j(i,6),f=e=>e.trim()===``?void 0:j(e),p=e=>e.trim()!==``&&j(e)===void 0,m=d!==void 0&&d!==M(t.quantity,0)&&!p(s)&&!p(l),h=async()=>{await r.run({orderId:e.id,lineId:t.id,quantity:d??t.quantity,discount:f(s),tax:f(l),expectedRevision:e.revision},$n())&&n()};return(0,X.jsxs)(F,{title:So({name:t.description}),open:!0,onClose:n,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(b,{onClick:n,children:O()}),(0,X.jsx)(b,{look:`primary`,busy:r.busy,disabled:!m,onClick:()=>void h(),children:H()})]}),children:[(0,X.jsx)(`p`,{children:e.exportState===`EXPORTED`?V():go()}),(0,X.jsxs)(`div`,{className:`fields`,children:[(0,X.jsx)(x,{label:G(),hint:A(t.fulfilledQuantity)>0||A(t.refundedQuantity)>0?yo({n:a(tl(t))}):void 0,inputMode:`decimal`,value:i,onChange:o,error:d?r.errorOf(`quantity`):J()}),(0,X.jsxs)(`div`,{className:`fields pair`,children:[(0,X.jsx)(x,{label:U(),hint:po(),inputMode:`decimal`,value:s,onChange:c,error:p(s)?z():r.errorOf(`discount`)}),(0,X.jsx)(x,{label:gr(),hint:po(),inputMode:`decimal`,value:l,onChange:u,error:p(l)?z():r.errorOf(`tax`)})]})]})]})}var tl=e=>A(k([e.fulfilledQuantity,N(e.refundedQuantity)]))>0?e.fulfilledQuantity:e.refundedQuantity,nl={PRODUCT:dn,SHIPPING:mn,FEE:an,GIFT_CARD:cn};function rl({order:e,locations:t}){let[n,r]=(0,Y.useState)(),[i,o]=(0,Y.useState)(),[s,c]=(0,Y.useState)(),[l,d]=(0,Y.useState)(),p=T(),h=()=>r(void 0),g=e.lines.some(e=>!e.removed&&e.kind===`PRODUCT`&&e.quantity!==e.fulfilledQuantity);return(0,X.jsxs)(f,{title:gi(),flush:!0,aside:(0,X.jsx)(m,{children:(0,X.jsxs)(`span`,{className:`acts`,children:[g&&!e.fulfilled&&(0,X.jsx)(b,{look:`quiet`,onClick:()=>r(`fulfil`),children:pt()}),(0,X.jsx)(b,{look:`quiet`,onClick:()=>r(`add`),children:B()})]})}),children:[(0,X.jsxs)(`table`,{className:`list lines`,children:[(0,X.jsx)(`thead`,{children:(0,X.jsxs)(`tr`,{children:[(0,X.jsx)(`th`,{children:Jn()}),(0,X.jsx)(`th`,{className:`num`,children:G()}),(0,X.jsx)(`th`,{className:`num`,children:oe()}),(0,X.jsx)(`th`,{children:zn()}),p&&(0,X.jsx)(`th`,{children:(0,X.jsx)(`span`,{className:`sr`,children:R()})})]})}),(0,X.jsx)(`tbody`,{children:e.lines.map(e=>(0,X.jsxs)(`tr`,{className:e.removed?`gone`:void 0,children:[(0,X.jsxs)(`td`,{className:`two wrap`,children:[(0,X.jsx)(`bdi`,{children:e.removed?(0,X.jsx)(`del`,{className:`muted`,children:e.description}):e.description}),(0,X.jsxs)(`div`,{className:`muted`,children:[e.kind===`PRODUCT`?e.product?.mpn||e.productKey:nl[e.kind](),e.product?.posItem&&` · ${I({id:e.product.posItem.lightspeedItemId})}`,e.addedBy&&` · ${yn({who:e.addedBy})}`]}),e.removed?(0,X.jsx)(w,{tone:`plain`,icon:`minus`,children:pr()}):e.kind===`PRODUCT`&&!e.product?.posItem&&(0,X.jsx)(w,{tone:`warn`,icon:`unlinked`,children:we()})]}),(0,X.jsxs)(`td`,{className:`num qty`,children:[a(e.quantity),` × `,u(e.unitPrice)]}),(0,X.jsxs)(`td`,{className:`num tot`,children:[e.removed?(0,X.jsx)(`del`,{className:`muted`,children:u(e.total)}):u(e.total),A(e.discount.amount)!==0&&(0,X.jsx)(`div`,{className:`muted small`,children:jn({amount:u(e.discount)})}),A(e.tax.amount)!==0&&(0,X.jsx)(`div`,{className:`muted small`,children:yr({amount:u(e.tax)})})]}),(0,X.jsx)(`td`,{className:`ho`,children:(0,X.jsx)(il,{line:e})}),p&&(0,X.jsx)(`td`,{className:`act full`,children:!e.removed&&(0,X.jsxs)(`span`,{className:`acts pile`,children:[(0,X.jsxs)(b,{look:`quiet`,small:!0,onClick:()=>o(e),children:[H(),(0,X.jsxs)(`span`,{className:`sr`,children:[` `,e.description]})]}),(0,X.jsxs)(b,{look:`quiet`,small:!0,onClick:()=>c(e),children:[W(),(0,X.jsxs)(`span`,{className:`sr`,children:[` `,e.description]})]}),(0,X.jsxs)(b,{look:`quiet`,small:!0,onClick:()=>d(e),children:[ur(),(0,X.jsxs)(`span`,{className:`sr`,children:[` `,e.description]})]})]})})]},e.id))}),(0,X.jsx)(`tfoot`,{children:(0,X.jsxs)(`tr`,{className:`sum`,children:[(0,X.jsx)(`td`,{colSpan:2,children:e.pricesIncludeTax?ra():oa()}),(0,X.jsx)(`td`,{className:`num`,children:u(e.total)}),(0,X.jsx)(`td`,{className:`only-d`,colSpan:p?2:1})]})})]}),n===`fulfil`&&(0,X.jsx)($c,{order:e,locations:t,onClose:h}),n===`add`&&(0,X.jsx)(Q,{order:e,onClose:h}),i&&(0,X.jsx)(el,{order:e,line:i,onClose:()=>o(void 0)}),s&&(0,X.jsx)(Q,{order:e,line:s,onClose:()=>c(void 0)}),l&&(0,X.jsx)(Kc,{order:e,line:l,onClose:()=>d(void 0)})]})}function il({line:e}){return e.kind!==`PRODUCT`||e.removed?(0,X.jsx)(`span`,{className:`muted only-d`,children:`–`}):e.fulfillments.length===0?(0,X.jsx)(w,{tone:`plain`,icon:`clock`,children:Kt()}):(0,X.jsx)(`span`,{className:`tags`,children:e.fulfillments.map(t=>{let n=t.by===`SUPPLIER`?tn():t.location?.name??Qt();return(0,X.jsx)(w,{tone:`ok`,icon:t.by===`SUPPLIER`?`truck`:`check`,children:t.quantity===e.quantity?n:Yt({who:n,n:a(t.quantity),of:a(e.quantity)})},`${t.by}${t.location?.id}`)})})}function al({order:e}){let t=Z(Fc),n=e.notices.filter(e=>e.code!==`REFUND_IN_LIGHTSPEED`);return n.length===0?null:(0,X.jsx)(f,{title:Di(),aside:(0,X.jsx)(w,{tone:`warn`,children:s(n.length)}),children:n.map(n=>(0,X.jsxs)(`div`,{className:`blk`,children:[(0,X.jsx)(_,{name:`warn`}),(0,X.jsx)(`span`,{className:`t`,children:n.message}),(0,X.jsx)(m,{children:(0,X.jsx)(b,{busy:t.busy,onClick:()=>void t.run({orderId:e.id,code:n.code,expectedRevision:e.revision},Yr()),children:Kr()})})]},n.code))})}function ol({order:e}){return e.refunds.filter(e=>e.afterExport&&!e.doneInLightspeedAt).map(t=>(0,X.jsx)(sl,{order:e,refund:t},t.id))}function sl({order:e,refund:t}){let n=Z(Pc),i=e.export?.lightspeedSaleId??``,a=u(t.amount);return(0,X.jsxs)(f,{title:jo({amount:a}),aside:(0,X.jsx)(w,{tone:`warn`,icon:`clock`,children:Lo()}),children:[(0,X.jsx)(`p`,{className:`muted`,children:Os()}),(0,X.jsxs)(`ol`,{className:`todo`,children:[(0,X.jsxs)(`li`,{className:`done`,children:[(0,X.jsx)(`span`,{className:`dot`,children:(0,X.jsx)(_,{name:`check`})}),(0,X.jsxs)(`div`,{children:[(0,X.jsx)(`div`,{className:`t`,children:Bo()}),(0,X.jsxs)(`p`,{children:[a,` · `,t.payment?.method??Ss(),` · `,(0,X.jsx)(r,{at:t.refundedAt}),t.refundedBy&&` · ${t.refundedBy}`,t.reason&&(0,X.jsxs)(X.Fragment,{children:[` `,`· `,(0,X.jsx)(`q`,{children:t.reason})]})]})]})]}),(0,X.jsxs)(`li`,{className:`now`,children:[(0,X.jsx)(`span`,{className:`dot`,children:`2`}),(0,X.jsxs)(`div`,{children:[(0,X.jsx)(`div`,{className:`t`,children:us()}),(0,X.jsx)(`p`,{children:ps({sale:i,amount:a,method:t.payment?.method??``})})]}),(0,X.jsxs)(`div`,{className:`acts`,children:[e.export?.saleUrl&&(0,X.jsx)(y,{href:e.export.saleUrl,className:`btn`,children:Ai({id:i})}),(0,X.jsx)(m,{children:(0,X.jsx)(b,{look:`primary`,busy:n.busy,onClick:()=>void n.run({orderId:e.id,refundId:t.id},Ts()),children:Se()})})]})]})]})]})}var cl={QUEUED:void 0,SENDING:void 0,UNCONFIRMED:`warn`,EXPORTED:`ok`,FAILED:`bad`,BLOCKED:`warn`},ll={QUEUED:`clock`,SENDING:`export`,UNCONFIRMED:`clock`,EXPORTED:`check`,FAILED:`bad`,BLOCKED:`pause`};function ul(e){let t=e.history.filter((t,n)=>n<e.history.length-1||t.state===`EXPORTED`).map((t,n)=>({id:`state${n}`,at:t.at,tone:cl[t.state],icon:ll[t.state],title:t.state===`EXPORTED`?Us():xe[t.state](),text:t.state===`EXPORTED`?(0,X.jsxs)(X.Fragment,{children:[pc({id:e.lightspeedSaleId??``,total:e.saleTotal?u(e.saleTotal):``}),e.ticketNumber&&` · ${gc({number:e.ticketNumber})}`]}):t.reason?.message}));return t.reverse(),t.push({id:`asked`,at:e.requestedAt,icon:`export`,title:js(),text:e.requestedBy?ie({who:e.requestedBy}):Ls()}),t}function dl(e){let t=e.export,n=[];for(let t of e.refunds)t.doneInLightspeedAt&&n.push({id:`${t.id}done`,at:t.doneInLightspeedAt,tone:`ok`,icon:`check`,title:uc(),text:t.doneInLightspeedBy}),n.push({id:t.id,at:t.refundedAt,icon:`undo`,title:sc({amount:u(t.amount)}),text:t.reason});for(let t of e.payments)t.offline&&t.capturedAt&&n.push({id:t.id,at:t.capturedAt,icon:`card`,title:Ys({amount:u(t.amount)}),text:t.recordedBy});let r=e.lines.flatMap(e=>e.fulfilledAt?[e.fulfilledAt]:[]).sort();if(r.length>0&&e.fulfilled&&n.push({id:`handed`,at:r.at(-1),icon:`truck`,title:le()}),t&&n.push(...ul(t)),n.push({id:`placed`,at:e.placedAt,icon:`info`,title:Qs()}),n.sort((e,t)=>(t.at??``).localeCompare(e.at??``)),t&&t.state!==`EXPORTED`&&n.unshift({id:`now`,tone:t.state===`FAILED`?`bad`:t.state===`BLOCKED`?`warn`:`busy`,icon:t.state===`FAILED`?`bad`:t.state===`BLOCKED`?`pause`:`clock`,title:xe[t.state](),text:(0,X.jsxs)(X.Fragment,{children:[t.reason?.message,!t.reason&&t.queuePlace!=null&&_e({n:t.queuePlace}),!t.reason&&t.expectedSeconds!=null&&` · ${se({time:i(t.expectedSeconds)})}`,t.attempts>1&&` ${Ps({n:t.attempts})}`]})}),!t){let t=e.exportBlockers.length;n.unshift(t>0?{id:`now`,tone:`warn`,icon:`pause`,title:fe(),text:e.exportBlockers[0]?.message}:{id:`now`,icon:`export`,title:tc(),text:ic()})}return n}function fl({order:e}){let t=e.export?e.export.historyCount-e.export.history.length:0;return(0,X.jsxs)(f,{title:pi(),aside:e.export?.saleUrl&&(0,X.jsx)(y,{href:e.export.saleUrl,className:`small`,children:ve({id:e.export.lightspeedSaleId??``})}),children:[(0,X.jsx)(`ol`,{className:`tl`,children:dl(e).map(e=>(0,X.jsxs)(`li`,{className:e.tone,children:[(0,X.jsx)(`span`,{className:`dot`,children:(0,X.jsx)(_,{name:e.icon})}),(0,X.jsx)(`span`,{className:`t`,children:e.title}),(0,X.jsx)(`span`,{className:`w`,children:e.at&&(0,X.jsx)(r,{at:e.at})}),e.text&&(0,X.jsx)(`span`,{className:`d`,children:e.text})]},e.id))}),t>0&&(0,X.jsx)(`p`,{className:`muted small gap`,children:Bs({n:s(t)})}),e.exportState===`EXPORTED`&&(0,X.jsx)(`p`,{className:`muted small gap`,children:Ks()})]})}function pl(){let{key:e=``}=n({strict:!1}),[t,r]=p({query:Ec,variables:{key:e}}),i=t.data?.order?.id;return ye(e=>{i&&e(i)&&r({requestPolicy:`network-only`})}),(0,X.jsx)(l,{result:t,again:r,rows:8,children:t=>t.order?(0,X.jsx)(hl,{order:t.order,data:t},t.order.id):(0,X.jsx)(ml,{number:e})})}function ml({number:n}){return(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(c,{title:q(),crumb:(0,X.jsx)(e,{to:`/orders`,children:t()})}),(0,X.jsx)(f,{title:q(),children:(0,X.jsx)(o,{icon:`search`,title:xi({key:n}),act:(0,X.jsx)(e,{to:`/orders`,search:{view:`all`},className:`btn`,children:t()})})})]})}function hl({order:n,data:i}){let{tone:a,words:o}=me(n),s=pe(n.customer)||ce();return(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(c,{crumb:(0,X.jsx)(e,{to:`/orders`,children:t()}),title:ea({number:n.number}),pill:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(C,{tone:a,children:o}),n.refunds.some(e=>e.afterExport&&!e.doneInLightspeedAt)&&(0,X.jsx)(C,{tone:`warn`,children:re()})]}),lead:(0,X.jsxs)(X.Fragment,{children:[zi(),` `,(0,X.jsx)(r,{at:n.placedAt}),` · `,(0,X.jsx)(`bdi`,{children:s}),` ·`,` `,n.pickupLocation?Ii({store:n.pickupLocation.name}):ue(),n.websiteUrl&&(0,X.jsxs)(X.Fragment,{children:[` · `,(0,X.jsx)(y,{href:n.websiteUrl,children:De()})]})]}),acts:(0,X.jsx)(gl,{order:n,statuses:i.statusTypes})}),(0,X.jsxs)(`div`,{className:`cols`,children:[(0,X.jsxs)(`div`,{className:`stack`,children:[(0,X.jsx)(ol,{order:n}),(0,X.jsx)(al,{order:n}),(0,X.jsx)(qc,{order:n}),(0,X.jsx)(rl,{order:n,locations:i.locations}),(0,X.jsx)(Wc,{order:n})]}),(0,X.jsxs)(`div`,{className:`stack`,children:[(0,X.jsx)(fl,{order:n}),(0,X.jsx)(Qc,{order:n})]})]})]})}function gl({order:e,statuses:t}){let n=T(),r=h(be),i=Z(Ic),a=Z(Lc),o=e.export?.state,s=async t=>{if(!t)return;let{data:n,ok:i}=await r.run({input:{orderIds:[e.id],statusId:t,expectedRevision:e.revision}}),a=n?.changeOrderStatus.results[0]?.userErrors[0]??n?.changeOrderStatus.userErrors[0];a?D(a.message):i&&E(Zi())};return n?(0,X.jsxs)(m,{children:[(0,X.jsx)(S,{label:ae(),hideLabel:!0,none:wi(),value:e.status?.id??``,disabled:r.busy,onChange:e=>void s(e),choices:t.filter(t=>!t.retired||t.id===e.status?.id).map(e=>({value:e.id,label:Ji({name:e.name}),disabled:e.retired}))}),(o===`FAILED`||o===`BLOCKED`||o===`UNCONFIRMED`)&&(0,X.jsx)(b,{look:o===`FAILED`?`primary`:`plain`,icon:`refresh`,busy:a.busy,onClick:()=>void a.run({orderId:e.id},Hi()),children:Gi()}),!o&&(0,X.jsx)(b,{look:e.exportBlockers.length>0?`plain`:`primary`,icon:`export`,busy:i.busy,disabled:e.exportBlockers.length>0,title:e.exportBlockers.length>0?ti():void 0,onClick:()=>void i.run({orderId:e.id},ii()),children:Qr()})]}):e.status&&(0,X.jsx)(C,{tone:`plain`,children:e.status.name})}export{pl as Page};