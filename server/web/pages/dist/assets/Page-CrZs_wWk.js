import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{t}from"./link-biMhFSWg.js";import{N as n,Y as r,m as i}from"./index-BfxL8WRn.js";import{A as a,S as o,_ as s,f as c,ft as l,h as u,i as d,m as f,n as p,o as m,pt as h,r as g,t as _,v,w as y,y as b}from"./Panel-Bs6JSMci.js";import{n as x,r as S}from"./Role-CZxjv-ss.js";import{a as C,n as ee,r as w}from"./Field-B9HP8HGd.js";import{n as T,r as E}from"./Pill-CZGW8zfM.js";import{n as D,o as O,s as k}from"./data-BdeIav0m.js";import{t as A}from"./cancel-kJBfc61O.js";import{A as te,C as ne,D as re,E as ie,F as ae,M as oe,N as se,O as ce,P as le,R as ue,S as de,a as j,b as fe,g as pe,h as me,i as M,j as he,k as ge,n as N,o as _e,r as P,s as ve,t as F,v as ye,w as be,x as I,y as xe,z as Se}from"./decimal-BqABloGN.js";import{t as L}from"./Dialog-CwygFPhQ.js";import{t as Ce}from"./SearchField-BJ5xfooV.js";import{t as we}from"./items_search-BZnxCsXO.js";import{t as R}from"./line_item-Dkje_czo.js";import{t as Te}from"./order_on_website-Up0eGG6U.js";import{t as Ee}from"./undo-DQNjEOGr.js";import{a as De,i as Oe,n as ke,o as Ae,r as je,s as Me,t as Ne}from"./FindProduct-tfZgxGq5.js";import{t as Pe}from"./draft-DuXwKmg5.js";import{t as Fe}from"./registry-B1INsJo1.js";var Ie=()=>`Actions`,Le=()=>`Acciones`,Re=((e={},t={})=>(t.locale??y())===`es`?Le(e):Ie(e)),ze=()=>`Enter an amount such as 12.50.`,Be=()=>`Escribe un importe como 12.50.`,z=((e={},t={})=>(t.locale??y())===`es`?Be(e):ze(e)),Ve=()=>`Address`,He=()=>`Dirección`,Ue=((e={},t={})=>(t.locale??y())===`es`?He(e):Ve(e)),We=()=>`Company`,Ge=()=>`Empresa`,Ke=((e={},t={})=>(t.locale??y())===`es`?Ge(e):We(e)),qe=()=>`E-mail`,Je=()=>`Correo`,Ye=((e={},t={})=>(t.locale??y())===`es`?Je(e):qe(e)),Xe=()=>`Name`,Ze=()=>`Nombre`,Qe=((e={},t={})=>(t.locale??y())===`es`?Ze(e):Xe(e)),$e=()=>`Note`,et=()=>`Nota`,tt=((e={},t={})=>(t.locale??y())===`es`?et(e):$e(e)),nt=()=>`Phone`,rt=()=>`Teléfono`,it=((e={},t={})=>(t.locale??y())===`es`?rt(e):nt(e)),at=()=>`Ships to`,ot=()=>`Envío a`,st=((e={},t={})=>(t.locale??y())===`es`?ot(e):at(e)),ct=()=>`The website knows nothing about the customer.`,lt=()=>`El sitio web no sabe nada del cliente.`,ut=((e={},t={})=>(t.locale??y())===`es`?lt(e):ct(e)),dt=()=>`Hand over…`,ft=()=>`Entregar…`,pt=((e={},t={})=>(t.locale??y())===`es`?ft(e):dt(e)),mt=()=>`The hand-over is recorded`,ht=()=>`La entrega está registrada`,gt=((e={},t={})=>(t.locale??y())===`es`?ht(e):mt(e)),_t=e=>`${e?.n} left`,vt=e=>`quedan ${e?.n}`,yt=((e,t={})=>(t.locale??y())===`es`?vt(e):_t(e)),bt=()=>`Store`,xt=()=>`Tienda`,St=((e={},t={})=>(t.locale??y())===`es`?xt(e):bt(e)),Ct=()=>`Record it`,wt=()=>`Registrar`,Tt=((e={},t={})=>(t.locale??y())===`es`?wt(e):Ct(e)),Et=()=>`A store`,Dt=()=>`Una tienda`,Ot=((e={},t={})=>(t.locale??y())===`es`?Dt(e):Et(e)),kt=()=>`Handed to the customer, or shipped from there.`,At=()=>`Se entrega al cliente o se envía desde allí.`,jt=((e={},t={})=>(t.locale??y())===`es`?At(e):kt(e)),Mt=()=>`A supplier`,Nt=()=>`Un proveedor`,Pt=((e={},t={})=>(t.locale??y())===`es`?Nt(e):Mt(e)),Ft=()=>`Sent to the customer by the supplier.`,It=()=>`El proveedor lo envía al cliente.`,Lt=((e={},t={})=>(t.locale??y())===`es`?It(e):Ft(e)),Rt=()=>`Who hands it over?`,zt=()=>`¿Quién lo entrega?`,Bt=((e={},t={})=>(t.locale??y())===`es`?zt(e):Rt(e)),Vt=()=>`Who hands it over`,Ht=()=>`Quién lo entrega`,Ut=((e={},t={})=>(t.locale??y())===`es`?Ht(e):Vt(e)),Wt=()=>`not yet`,Gt=()=>`todavía no`,Kt=((e={},t={})=>(t.locale??y())===`es`?Gt(e):Wt(e)),qt=e=>`${e?.who} ${e?.n} of ${e?.of}`,Jt=e=>`${e?.who} ${e?.n} de ${e?.of}`,Yt=((e,t={})=>(t.locale??y())===`es`?Jt(e):qt(e)),Xt=()=>`Store`,Zt=()=>`Tienda`,Qt=((e={},t={})=>(t.locale??y())===`es`?Zt(e):Xt(e)),$t=()=>`Supplier`,en=()=>`Proveedor`,tn=((e={},t={})=>(t.locale??y())===`es`?en(e):$t(e)),nn=()=>`Fee or coupon`,rn=()=>`Cargo o cupón`,an=((e={},t={})=>(t.locale??y())===`es`?rn(e):nn(e)),on=()=>`Gift card`,sn=()=>`Tarjeta regalo`,cn=((e={},t={})=>(t.locale??y())===`es`?sn(e):on(e)),ln=()=>`Product`,un=()=>`Producto`,dn=((e={},t={})=>(t.locale??y())===`es`?un(e):ln(e)),fn=()=>`Shipping`,pn=()=>`Envío`,mn=((e={},t={})=>(t.locale??y())===`es`?pn(e):fn(e)),hn=()=>`Add a line`,gn=()=>`Añadir una línea`,B=((e={},t={})=>(t.locale??y())===`es`?gn(e):hn(e)),_n=e=>`added by ${e?.who}`,vn=e=>`añadida por ${e?.who}`,yn=((e,t={})=>(t.locale??y())===`es`?vn(e):_n(e)),bn=()=>`The sale in Lightspeed does not change. Make the same change there.`,xn=()=>`La venta en Lightspeed no cambia. Haz el mismo cambio allí.`,V=((e={},t={})=>(t.locale??y())===`es`?xn(e):bn(e)),Sn=()=>`Change quantity`,Cn=()=>`Cambiar cantidad`,H=((e={},t={})=>(t.locale??y())===`es`?Cn(e):Sn(e)),wn=()=>`Description`,Tn=()=>`Descripción`,En=((e={},t={})=>(t.locale??y())===`es`?Tn(e):wn(e)),Dn=()=>`Discount on the line`,On=()=>`Descuento de la línea`,U=((e={},t={})=>(t.locale??y())===`es`?On(e):Dn(e)),kn=e=>`${e?.amount} off`,An=e=>`${e?.amount} de descuento`,jn=((e,t={})=>(t.locale??y())===`es`?An(e):kn(e)),Mn=()=>`Exchange`,Nn=()=>`Cambiar`,W=((e={},t={})=>(t.locale??y())===`es`?Nn(e):Mn(e)),Pn=e=>`Exchange “${e?.name}”`,Fn=e=>`Cambiar «${e?.name}»`,In=((e,t={})=>(t.locale??y())===`es`?Fn(e):Pn(e)),Ln=()=>`Handed over`,Rn=()=>`Entrega`,zn=((e={},t={})=>(t.locale??y())===`es`?Rn(e):Ln(e)),Bn=()=>`Kind of line`,Vn=()=>`Tipo de línea`,Hn=((e={},t={})=>(t.locale??y())===`es`?Vn(e):Bn(e)),Un=()=>`Price of a unit`,Wn=()=>`Precio por unidad`,Gn=((e={},t={})=>(t.locale??y())===`es`?Wn(e):Un(e)),Kn=()=>`Product`,qn=()=>`Producto`,Jn=((e={},t={})=>(t.locale??y())===`es`?qn(e):Kn(e)),Yn=()=>`Quantity`,Xn=()=>`Cantidad`,G=((e={},t={})=>(t.locale??y())===`es`?Xn(e):Yn(e)),Zn=()=>`The quantity was changed`,Qn=()=>`Se ha cambiado la cantidad`,$n=((e={},t={})=>(t.locale??y())===`es`?Qn(e):Zn(e)),er=()=>`Remove a line`,tr=()=>`Quitar una línea`,K=((e={},t={})=>(t.locale??y())===`es`?tr(e):er(e)),nr=()=>`The sale in Lightspeed does not change. Return the item there too.`,rr=()=>`La venta en Lightspeed no cambia. Devuelve el artículo también allí.`,ir=((e={},t={})=>(t.locale??y())===`es`?rr(e):nr(e)),ar=()=>`The order’s total falls by it. What was collected stays; give it back as a refund.`,or=()=>`El total del pedido baja. Lo cobrado queda; devuélvelo con un reembolso.`,sr=((e={},t={})=>(t.locale??y())===`es`?or(e):ar(e)),cr=()=>`Remove`,lr=()=>`Quitar`,ur=((e={},t={})=>(t.locale??y())===`es`?lr(e):cr(e)),dr=()=>`Removed`,fr=()=>`Quitada`,pr=((e={},t={})=>(t.locale??y())===`es`?fr(e):dr(e)),mr=()=>`Tax on the line`,hr=()=>`Impuesto de la línea`,gr=((e={},t={})=>(t.locale??y())===`es`?hr(e):mr(e)),_r=e=>`${e?.amount} tax`,vr=e=>`${e?.amount} de impuesto`,yr=((e,t={})=>(t.locale??y())===`es`?vr(e):_r(e)),br=()=>`The line was added`,xr=()=>`Se ha añadido la línea`,Sr=((e={},t={})=>(t.locale??y())===`es`?xr(e):br(e)),Cr=()=>`The line was exchanged`,wr=()=>`Se ha cambiado la línea`,Tr=((e={},t={})=>(t.locale??y())===`es`?wr(e):Cr(e)),Er=()=>`The line was removed`,Dr=()=>`Se ha quitado la línea`,Or=((e={},t={})=>(t.locale??y())===`es`?Dr(e):Er(e)),kr=()=>`Which line`,Ar=()=>`Qué línea`,jr=((e={},t={})=>(t.locale??y())===`es`?Ar(e):kr(e)),Mr=()=>`Find the item`,Nr=()=>`Buscar el artículo`,Pr=((e={},t={})=>(t.locale??y())===`es`?Nr(e):Mr(e)),Fr=()=>`Choose the item in Lightspeed. What you decide stays, whatever is synced later.`,Ir=()=>`Elige el artículo en Lightspeed. Lo que decides se mantiene, pase lo que pase después.`,Lr=((e={},t={})=>(t.locale??y())===`es`?Ir(e):Fr(e)),Rr=e=>`linked to ${e?.name}`,zr=e=>`vinculado a ${e?.name}`,Br=((e,t={})=>(t.locale??y())===`es`?zr(e):Rr(e)),Vr=e=>`Which item is “${e?.name}”?`,Hr=e=>`¿Qué artículo es «${e?.name}»?`,Ur=((e,t={})=>(t.locale??y())===`es`?Hr(e):Vr(e)),Wr=()=>`This is settled`,Gr=()=>`Ya está resuelto`,Kr=((e={},t={})=>(t.locale??y())===`es`?Gr(e):Wr(e)),qr=()=>`The notice has ended`,Jr=()=>`El aviso ha terminado`,Yr=((e={},t={})=>(t.locale??y())===`es`?Jr(e):qr(e)),Xr=()=>`Export order`,Zr=()=>`Exportar pedido`,Qr=((e={},t={})=>(t.locale??y())===`es`?Zr(e):Xr(e)),$r=()=>`Export opens once nothing holds the order back.`,ei=()=>`Se podrá exportar cuando nada retenga el pedido.`,ti=((e={},t={})=>(t.locale??y())===`es`?ei(e):$r(e)),ni=()=>`The order is on its way to Lightspeed`,ri=()=>`El pedido va camino de Lightspeed`,ii=((e={},t={})=>(t.locale??y())===`es`?ri(e):ni(e)),ai=e=>{let t=Fe(`en`,e?.count,{});return t===`one`?`${e?.n} thing holds this order back`:t===`other`?`${e?.n} things hold this order back`:`order_held_by`},oi=e=>{let t=Fe(`es`,e?.count,{});return t===`one`?`${e?.n} cosa retiene este pedido`:t===`other`?`${e?.n} cosas retienen este pedido`:`order_held_by`},si=((e,t={})=>(t.locale??y())===`es`?oi(e):ai(e)),ci=()=>`Export opens once nothing is left`,li=()=>`Se podrá exportar cuando no quede ninguna`,ui=((e={},t={})=>(t.locale??y())===`es`?li(e):ci(e)),di=()=>`What happened`,fi=()=>`Qué ha pasado`,pi=((e={},t={})=>(t.locale??y())===`es`?fi(e):di(e)),mi=()=>`Lines`,hi=()=>`Líneas`,gi=((e={},t={})=>(t.locale??y())===`es`?hi(e):mi(e)),_i=()=>`No such order`,vi=()=>`No existe el pedido`,q=((e={},t={})=>(t.locale??y())===`es`?vi(e):_i(e)),yi=e=>`The website has sent no order with the key “${e?.key}”.`,bi=e=>`El sitio web no ha enviado ningún pedido con la clave «${e?.key}».`,xi=((e,t={})=>(t.locale??y())===`es`?bi(e):yi(e)),Si=()=>`No status`,Ci=()=>`Sin estado`,wi=((e={},t={})=>(t.locale??y())===`es`?Ci(e):Si(e)),Ti=()=>`To look at`,Ei=()=>`Para revisar`,Di=((e={},t={})=>(t.locale??y())===`es`?Ei(e):Ti(e)),Oi=e=>`Open sale ${e?.id}`,ki=e=>`Abrir la venta ${e?.id}`,Ai=((e,t={})=>(t.locale??y())===`es`?ki(e):Oi(e)),ji=()=>`Payments`,Mi=()=>`Pagos`,Ni=((e={},t={})=>(t.locale??y())===`es`?Mi(e):ji(e)),Pi=e=>`Pickup at ${e?.store}`,Fi=e=>`Recogida en ${e?.store}`,Ii=((e,t={})=>(t.locale??y())===`es`?Fi(e):Pi(e)),Li=()=>`Placed`,Ri=()=>`Hecho`,zi=((e={},t={})=>(t.locale??y())===`es`?Ri(e):Li(e)),Bi=()=>`The export is tried again`,Vi=()=>`La exportación se reintenta`,Hi=((e={},t={})=>(t.locale??y())===`es`?Vi(e):Bi(e)),Ui=()=>`Try again now`,Wi=()=>`Reintentar ahora`,Gi=((e={},t={})=>(t.locale??y())===`es`?Wi(e):Ui(e)),Ki=e=>`Status: ${e?.name}`,qi=e=>`Estado: ${e?.name}`,Ji=((e,t={})=>(t.locale??y())===`es`?qi(e):Ki(e)),Yi=()=>`Status changed`,Xi=()=>`Estado cambiado`,Zi=((e={},t={})=>(t.locale??y())===`es`?Xi(e):Yi(e)),Qi=e=>`Order ${e?.number}`,$i=e=>`Pedido ${e?.number}`,ea=((e,t={})=>(t.locale??y())===`es`?$i(e):Qi(e)),ta=()=>`Total, tax included`,na=()=>`Total, impuestos incluidos`,ra=((e={},t={})=>(t.locale??y())===`es`?na(e):ta(e)),ia=()=>`Total with tax`,aa=()=>`Total con impuestos`,oa=((e={},t={})=>(t.locale??y())===`es`?aa(e):ia(e)),sa=()=>`Amount`,ca=()=>`Importe`,la=((e={},t={})=>(t.locale??y())===`es`?ca(e):sa(e)),ua=()=>`Not captured`,da=()=>`Sin cobrar`,fa=((e={},t={})=>(t.locale??y())===`es`?da(e):ua(e)),pa=()=>`Captured`,ma=()=>`Cobrado`,ha=((e={},t={})=>(t.locale??y())===`es`?ma(e):pa(e)),ga=()=>`Collected, less what was given back`,_a=()=>`Cobrado, menos lo devuelto`,va=((e={},t={})=>(t.locale??y())===`es`?_a(e):ga(e)),ya=()=>`Balance due`,ba=()=>`Saldo pendiente`,xa=((e={},t={})=>(t.locale??y())===`es`?ba(e):ya(e)),Sa=()=>`Method`,Ca=()=>`Método`,wa=((e={},t={})=>(t.locale??y())===`es`?Ca(e):Sa(e)),Ta=()=>`Nothing was paid.`,Ea=()=>`No se ha pagado nada.`,Da=((e={},t={})=>(t.locale??y())===`es`?Ea(e):Ta(e)),Oa=()=>`Overpaid by`,ka=()=>`Pagado de más`,Aa=((e={},t={})=>(t.locale??y())===`es`?ka(e):Oa(e)),ja=()=>`State`,Ma=()=>`Estado`,Na=((e={},t={})=>(t.locale??y())===`es`?Ma(e):ja(e)),Pa=()=>`Void`,Fa=()=>`Anular`,Ia=((e={},t={})=>(t.locale??y())===`es`?Fa(e):Pa(e)),La=()=>`Only when it was recorded by mistake: it then counts as never collected. Money that was given back is a refund instead.`,Ra=()=>`Solo si se registró por error: contará como nunca cobrado. El dinero devuelto es un reembolso.`,za=((e={},t={})=>(t.locale??y())===`es`?Ra(e):La(e)),Ba=e=>`Void the payment of ${e?.amount}?`,Va=e=>`¿Anular el pago de ${e?.amount}?`,Ha=((e,t={})=>(t.locale??y())===`es`?Va(e):Ba(e)),Ua=()=>`Voided`,Wa=()=>`Anulado`,Ga=((e={},t={})=>(t.locale??y())===`es`?Wa(e):Ua(e)),Ka=()=>`The payment was voided`,qa=()=>`El pago se ha anulado`,Ja=((e={},t={})=>(t.locale??y())===`es`?qa(e):Ka(e)),Ya=()=>`When`,Xa=()=>`Cuándo`,Za=((e={},t={})=>(t.locale??y())===`es`?Xa(e):Ya(e)),Qa=()=>`Amount collected`,$a=()=>`Importe cobrado`,eo=((e={},t={})=>(t.locale??y())===`es`?$a(e):Qa(e)),to=()=>`Note (optional)`,no=()=>`Nota (opcional)`,ro=((e={},t={})=>(t.locale??y())===`es`?no(e):to(e)),io=()=>`Record payment`,ao=()=>`Registrar pago`,oo=((e={},t={})=>(t.locale??y())===`es`?ao(e):io(e)),so=()=>`The payment is recorded`,co=()=>`El pago está registrado`,lo=((e={},t={})=>(t.locale??y())===`es`?co(e):so(e)),uo=()=>`Empty = in proportion to the quantity.`,fo=()=>`Vacío = en proporción a la cantidad.`,po=((e={},t={})=>(t.locale??y())===`es`?fo(e):uo(e)),mo=()=>`The order’s total changes with it. What is then due can be recorded as a payment, and what is too much can be refunded.`,ho=()=>`El total del pedido cambia con ella. Lo que falte se puede anotar como pago y lo que sobre se puede reembolsar.`,go=((e={},t={})=>(t.locale??y())===`es`?ho(e):mo(e)),_o=e=>`At least ${e?.n}: so many were handed over or refunded.`,vo=e=>`Como mínimo ${e?.n}: ya se entregaron o reembolsaron.`,yo=((e,t={})=>(t.locale??y())===`es`?vo(e):_o(e)),bo=e=>`Change the quantity of ${e?.name}`,xo=e=>`Cambiar la cantidad de ${e?.name}`,So=((e,t={})=>(t.locale??y())===`es`?xo(e):bo(e)),Co=()=>`Refund`,wo=()=>`Reembolsar`,To=((e={},t={})=>(t.locale??y())===`es`?wo(e):Co(e)),Eo=e=>`Refund ${e?.amount}`,Do=e=>`Reembolsar ${e?.amount}`,Oo=((e,t={})=>(t.locale??y())===`es`?Do(e):Eo(e)),ko=e=>`Refund ${e?.amount} in both places`,Ao=e=>`Reembolsar ${e?.amount} en ambos sitios`,jo=((e,t={})=>(t.locale??y())===`es`?Ao(e):ko(e)),Mo=()=>`Given back`,No=()=>`Devuelto`,Po=((e={},t={})=>(t.locale??y())===`es`?No(e):Mo(e)),Fo=()=>`1 of 2 done`,Io=()=>`1 de 2 hecho`,Lo=((e={},t={})=>(t.locale??y())===`es`?Io(e):Fo(e)),Ro=()=>`On the website: the payment was given back`,zo=()=>`En el sitio: el pago se devolvió`,Bo=((e={},t={})=>(t.locale??y())===`es`?zo(e):Ro(e)),Vo=()=>`Amount given back`,Ho=()=>`Importe devuelto`,Uo=((e={},t={})=>(t.locale??y())===`es`?Ho(e):Vo(e)),Wo=()=>`This records that the money was given back. The website’s payment provider moves it.`,Go=()=>`Esto registra que el dinero se devolvió. El proveedor de pagos del sitio lo mueve.`,Ko=((e={},t={})=>(t.locale??y())===`es`?Go(e):Wo(e)),qo=()=>`The order is in Lightspeed already: afterwards, make the refund there too.`,Jo=()=>`El pedido ya está en Lightspeed: después, haz el reembolso también allí.`,Yo=((e={},t={})=>(t.locale??y())===`es`?Jo(e):qo(e)),Xo=e=>`At most ${e?.amount}`,Zo=e=>`Como máximo ${e?.amount}`,Qo=((e,t={})=>(t.locale??y())===`es`?Zo(e):Xo(e)),$o=()=>`Reason (optional)`,es=()=>`Motivo (opcional)`,ts=((e={},t={})=>(t.locale??y())===`es`?es(e):$o(e)),ns=()=>`Record refund`,rs=()=>`Registrar reembolso`,is=((e={},t={})=>(t.locale??y())===`es`?rs(e):ns(e)),as=()=>`The refund is recorded`,os=()=>`El reembolso está registrado`,ss=((e={},t={})=>(t.locale??y())===`es`?os(e):as(e)),cs=()=>`In Lightspeed: refund the sale`,ls=()=>`En Lightspeed: reembolsar la venta`,us=((e={},t={})=>(t.locale??y())===`es`?ls(e):cs(e)),ds=e=>`Open sale ${e?.sale} and refund ${e?.amount} to ${e?.method}; return the items to inventory if they came back.`,fs=e=>`Abre la venta ${e?.sale} y reembolsa ${e?.amount} a ${e?.method}; devuelve los artículos al inventario si han vuelto.`,ps=((e,t={})=>(t.locale??y())===`es`?fs(e):ds(e)),ms=e=>`Refund to ${e?.method}`,hs=e=>`Reembolso a ${e?.method}`,gs=((e,t={})=>(t.locale??y())===`es`?hs(e):ms(e)),_s=e=>`Refund to ${e?.method}`,vs=e=>`Reembolso a ${e?.method}`,ys=((e,t={})=>(t.locale??y())===`es`?vs(e):_s(e)),bs=()=>`unknown payment`,xs=()=>`pago desconocido`,Ss=((e={},t={})=>(t.locale??y())===`es`?xs(e):bs(e)),Cs=()=>`Marked as done in Lightspeed`,ws=()=>`Marcado como hecho en Lightspeed`,Ts=((e={},t={})=>(t.locale??y())===`es`?ws(e):Cs(e)),Es=()=>`This order is in Lightspeed already. The website’s refund alone leaves stock and books wrong there.`,Ds=()=>`Este pedido ya está en Lightspeed. El reembolso del sitio por sí solo deja mal allí las existencias y las cuentas.`,Os=((e={},t={})=>(t.locale??y())===`es`?Ds(e):Es(e)),ks=()=>`Export requested`,As=()=>`Exportación solicitada`,js=((e={},t={})=>(t.locale??y())===`es`?As(e):ks(e)),Ms=e=>`Tried ${e?.n} times.`,Ns=e=>`${e?.n} intentos.`,Ps=((e,t={})=>(t.locale??y())===`es`?Ns(e):Ms(e)),Fs=()=>`Automatic: everything was paid and handed over`,Is=()=>`Automática: todo estaba pagado y entregado`,Ls=((e={},t={})=>(t.locale??y())===`es`?Is(e):Fs(e)),Rs=e=>`${e?.n} earlier states are left out.`,zs=e=>`Se omiten ${e?.n} estados anteriores.`,Bs=((e,t={})=>(t.locale??y())===`es`?zs(e):Rs(e)),Vs=()=>`In Lightspeed`,Hs=()=>`En Lightspeed`,Us=((e={},t={})=>(t.locale??y())===`es`?Hs(e):Vs(e)),Ws=()=>`An order is exported once. Later changes are made in both places.`,Gs=()=>`Un pedido se exporta una sola vez. Los cambios posteriores se hacen en ambos sitios.`,Ks=((e={},t={})=>(t.locale??y())===`es`?Gs(e):Ws(e)),qs=e=>`Payment recorded: ${e?.amount}`,Js=e=>`Pago registrado: ${e?.amount}`,Ys=((e,t={})=>(t.locale??y())===`es`?Js(e):qs(e)),Xs=()=>`Placed on the website`,Zs=()=>`Hecho en el sitio web`,Qs=((e={},t={})=>(t.locale??y())===`es`?Zs(e):Xs(e)),$s=()=>`Ready to export`,ec=()=>`Listo para exportar`,tc=((e={},t={})=>(t.locale??y())===`es`?ec(e):$s(e)),nc=()=>`From here, from the list, or automatic once everything is handed over.`,rc=()=>`Desde aquí, desde la lista, o automática cuando todo esté entregado.`,ic=((e={},t={})=>(t.locale??y())===`es`?rc(e):nc(e)),ac=e=>`Given back: ${e?.amount}`,oc=e=>`Devuelto: ${e?.amount}`,sc=((e,t={})=>(t.locale??y())===`es`?oc(e):ac(e)),cc=()=>`Refunded in Lightspeed too`,lc=()=>`Reembolsado también en Lightspeed`,uc=((e={},t={})=>(t.locale??y())===`es`?lc(e):cc(e)),dc=e=>`Sale ${e?.id}, ${e?.total}`,fc=e=>`Venta ${e?.id}, ${e?.total}`,pc=((e,t={})=>(t.locale??y())===`es`?fc(e):dc(e)),mc=e=>`ticket ${e?.number}`,hc=e=>`ticket ${e?.number}`,gc=((e,t={})=>(t.locale??y())===`es`?hc(e):mc(e)),_c=()=>`Enter a number of units.`,vc=()=>`Escribe un número de unidades.`,J=((e={},t={})=>(t.locale??y())===`es`?vc(e):_c(e)),yc=()=>`The sale in Lightspeed keeps the payment. The order reminds you until you have corrected the sale there.`,bc=()=>`La venta en Lightspeed conserva el pago. El pedido se lo recordará hasta que corrija la venta allí.`,xc=((e={},t={})=>(t.locale??y())===`es`?bc(e):yc(e)),Sc=()=>`It is added to the payment’s note.`,Cc=()=>`Se añade a la nota del pago.`,wc=((e={},t={})=>(t.locale??y())===`es`?Cc(e):Sc(e)),Y=e(h(),1),X=l();function Tc({product:e,onClose:t}){let[n,r]=(0,Y.useState)(e.mpn||(e.name.split(` `).slice(0,2).join(` `)??``)),[i,o]=a({query:ke,variables:{search:n},pause:n===``}),s=S(je),l=S(Oe),u=async n=>{let{ok:r,data:i,userErrors:a}=await s.run({item:n,product:e.id});if(a[0]&&k(a[0].message),!r)return;let o=i?.linkItem.decision?.id;O(Ae({name:e.name}),o?{label:Ee(),run:()=>void l.run({id:o})}:void 0),t()};return(0,X.jsxs)(L,{title:Ur({name:e.name}),open:!0,onClose:t,acts:(0,X.jsx)(c,{onClick:t,children:A()}),children:[(0,X.jsx)(`p`,{children:Lr()}),(0,X.jsx)(`div`,{className:`fields`,children:(0,X.jsx)(Ce,{label:we(),value:n,onChange:r,autoFocus:!0})}),(0,X.jsx)(m,{result:i,again:o,rows:3,children:({posItems:e})=>(0,X.jsxs)(`ul`,{className:`found`,children:[e.edges.map(({node:e})=>(0,X.jsxs)(`li`,{children:[(0,X.jsxs)(`span`,{children:[(0,X.jsx)(`bdi`,{children:e.description}),(0,X.jsxs)(`span`,{className:`muted block small`,children:[[R({id:e.lightspeedItemId}),e.brand,e.manufacturerSku,e.upc].filter(Boolean).join(` · `),e.product&&` · ${Br({name:e.product.name})}`]})]}),(0,X.jsxs)(c,{small:!0,busy:s.busy,onClick:()=>void u(e.id),children:[De(),(0,X.jsxs)(`span`,{className:`sr`,children:[` `,e.description]})]})]},e.id)),e.edges.length===0&&(0,X.jsx)(`li`,{className:`muted`,children:Me()})]})})]})}g(`
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
`),g(`
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
`);var Ec=g(`
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
`),Dc=g(`
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
`),Oc=g(`
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
`),kc=g(`
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
`),Ac=g(`
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
`),jc=g(`
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
`),Mc=g(`
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
`),Nc=g(`
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
`),Pc=g(`
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
`),Fc=g(`
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
`),Ic=g(`
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
`),Lc=g(`
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
`),Rc=g(`
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
`),zc=g(`
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
`);function Z(e,t=[]){let n=S(e),[r,i]=(0,Y.useState)({});return{run:async(e,r)=>{let{ok:a,userErrors:o}=await n.run({input:e});i(Pe(o));let s=o.filter(e=>!t.some(t=>e.field.includes(t)));return s[0]&&k(s[0].message),a&&r&&O(r),a},busy:n.busy,errorOf:e=>Object.entries(r).find(([t])=>t===e||t.endsWith(`.${e}`))?.[1]}}var Bc=[`kind`,`productId`,`description`,`quantity`,`unitPrice`,`discount`,`tax`];function Q({order:e,line:t,onClose:n}){let r=Z(Ac,Bc),i=Z(jc,Bc),a=t?i:r,[o,s]=(0,Y.useState)(I),[l,u]=(0,Y.useState)({kind:t?.kind??`PRODUCT`,product:void 0,description:``,quantity:t?P(t.quantity,0):`1`,unitPrice:``,discount:`0`,tax:`0`}),d=e=>{u(t=>({...t,...e})),s(I())},f=l.kind===`FEE`?Vc(l.unitPrice):N(l.unitPrice,6),p=N(l.quantity,6),m=f!==void 0&&p!==void 0&&(l.kind===`PRODUCT`?l.product!==void 0:l.description.trim()!==``),h=async()=>{let a={kind:l.kind,productId:l.kind===`PRODUCT`?l.product?.id:void 0,description:l.description||void 0,quantity:p??`1`,unitPrice:f??`0`,discount:N(l.discount)??`0`,tax:N(l.tax)??`0`},s={orderId:e.id,line:a,expectedRevision:e.revision,clientMutationKey:o};(t?await i.run({...s,lineId:t.id},Tr()):await r.run(s,Sr()))&&n()};return(0,X.jsxs)(L,{title:t?In({name:t.description}):B(),open:!0,onClose:n,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(c,{onClick:n,children:A()}),(0,X.jsx)(c,{look:`primary`,busy:a.busy,disabled:!m,onClick:()=>void h(),children:t?W():B()})]}),children:[e.exportState===`EXPORTED`&&(0,X.jsx)(`p`,{children:V()}),(0,X.jsxs)(`div`,{className:`fields`,children:[(0,X.jsx)(w,{label:Hn(),value:l.kind,onChange:e=>e&&d({kind:e}),choices:[{value:`PRODUCT`,label:dn()},{value:`SHIPPING`,label:mn()},{value:`FEE`,label:an()},{value:`GIFT_CARD`,label:cn()}]}),l.kind===`PRODUCT`?(0,X.jsx)(Ne,{chosen:l.product,onChoose:e=>d({product:e,...e&&{unitPrice:P(e.effectivePrice.price.amount)}}),error:a.errorOf(`productId`)}):(0,X.jsx)(C,{label:En(),value:l.description,maxLength:500,onChange:e=>d({description:e}),error:a.errorOf(`description`)}),(0,X.jsxs)(`div`,{className:`fields pair`,children:[(0,X.jsx)(C,{label:G(),inputMode:`numeric`,value:l.quantity,onChange:e=>d({quantity:e}),error:p?a.errorOf(`quantity`):J()}),(0,X.jsx)(C,{label:Gn(),inputMode:`decimal`,value:l.unitPrice,onChange:e=>d({unitPrice:e}),error:f!==void 0||!l.unitPrice?a.errorOf(`unitPrice`):z()}),(0,X.jsx)(C,{label:U(),inputMode:`decimal`,value:l.discount,onChange:e=>d({discount:e}),error:N(l.discount)?a.errorOf(`discount`):z()}),(0,X.jsx)(C,{label:gr(),inputMode:`decimal`,value:l.tax,onChange:e=>d({tax:e}),error:N(l.tax)?a.errorOf(`tax`):z()})]})]})]})}function Vc(e){let t=e.trim().replace(`−`,`-`),n=N(t.replace(/^-/,``),6);return n&&t.startsWith(`-`)?`-${n}`:n}function Hc({order:e,payment:t,onClose:n}){let r=Z(Rc,[`reason`]),[i,a]=(0,Y.useState)(``),o=async()=>{await r.run({orderId:e.id,paymentId:t.id,reason:i||void 0,expectedRevision:e.revision},Ja())&&n()};return(0,X.jsxs)(L,{title:Ha({amount:v(t.amount)}),open:!0,onClose:n,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(c,{autoFocus:!0,onClick:n,children:A()}),(0,X.jsx)(c,{look:`danger`,busy:r.busy,onClick:()=>void o(),children:Ia()})]}),children:[(0,X.jsx)(`p`,{children:za()}),e.exportState===`EXPORTED`&&(0,X.jsx)(`p`,{children:xc()}),(0,X.jsx)(`div`,{className:`fields`,children:(0,X.jsx)(C,{label:ts(),hint:wc(),value:i,maxLength:500,onChange:a,error:r.errorOf(`reason`)})})]})}var Uc={AUTHORISED:{tone:`warn`,words:fa},CAPTURED:{tone:`ok`,words:ha},VOIDED:{tone:`plain`,words:Ga}},$=e=>j([e.amount.amount,F(e.refunded.amount)]);function Wc({order:e}){let[t,n]=(0,Y.useState)(),[r,a]=(0,Y.useState)(),o=D(),s=M(e.balanceDue.amount);return(0,X.jsxs)(_,{title:Ni(),flush:!0,children:[(0,X.jsxs)(`table`,{className:`list pays`,children:[(0,X.jsx)(`thead`,{children:(0,X.jsxs)(`tr`,{children:[(0,X.jsx)(`th`,{children:wa()}),(0,X.jsx)(`th`,{children:Na()}),(0,X.jsx)(`th`,{children:Za()}),(0,X.jsx)(`th`,{className:`num`,children:la()}),o&&(0,X.jsx)(`th`,{children:(0,X.jsx)(`span`,{className:`sr`,children:Re()})})]})}),(0,X.jsxs)(`tbody`,{children:[e.payments.map(e=>(0,X.jsxs)(`tr`,{children:[(0,X.jsxs)(`td`,{className:`two wrap`,children:[(0,X.jsx)(`bdi`,{children:e.method}),(e.note||e.recordedBy)&&(0,X.jsx)(`div`,{className:`muted`,children:[e.note,e.recordedBy].filter(Boolean).join(` · `)})]}),(0,X.jsx)(`td`,{children:(0,X.jsx)(E,{tone:Uc[e.state].tone,children:Uc[e.state].words()})}),(0,X.jsx)(`td`,{className:`muted`,children:e.capturedAt?(0,X.jsx)(i,{at:e.capturedAt}):`–`}),(0,X.jsx)(`td`,{className:`num tot`,children:v(e.amount)}),o&&(0,X.jsxs)(`td`,{className:`act`,children:[e.offline&&e.state===`CAPTURED`&&M(e.refunded.amount)===0&&(0,X.jsxs)(c,{look:`quiet`,small:!0,onClick:()=>a(e),children:[Ia(),(0,X.jsxs)(`span`,{className:`sr`,children:[` `,e.method,` `,v(e.amount)]})]}),e.state===`CAPTURED`&&M($(e))>0&&(0,X.jsxs)(c,{look:`quiet`,small:!0,onClick:()=>n(e),children:[To(),(0,X.jsxs)(`span`,{className:`sr`,children:[` `,e.method,` `,v(e.amount)]})]})]})]},e.id)),e.refunds.map(e=>(0,X.jsxs)(`tr`,{children:[(0,X.jsxs)(`td`,{className:`two wrap`,children:[ys({method:e.payment?.method??Ss()}),(e.reason||e.refundedBy)&&(0,X.jsx)(`div`,{className:`muted`,children:[e.reason,e.refundedBy].filter(Boolean).join(` · `)})]}),(0,X.jsx)(`td`,{children:e.afterExport&&!e.doneInLightspeedAt?(0,X.jsx)(E,{tone:`warn`,children:te()}):(0,X.jsx)(E,{tone:`plain`,icon:`undo`,children:Po()})}),(0,X.jsx)(`td`,{className:`muted`,children:(0,X.jsx)(i,{at:e.refundedAt})}),(0,X.jsxs)(`td`,{className:`num tot`,children:[`−`,v(e.amount)]}),o&&(0,X.jsx)(`td`,{className:`only-d`})]},e.id)),e.payments.length===0&&(0,X.jsx)(`tr`,{children:(0,X.jsx)(`td`,{className:`muted`,colSpan:o?5:4,children:Da()})})]}),(0,X.jsxs)(`tfoot`,{children:[(0,X.jsxs)(`tr`,{children:[(0,X.jsx)(`td`,{colSpan:3,children:va()}),(0,X.jsx)(`td`,{className:`num`,children:v(e.capturedTotal)}),o&&(0,X.jsx)(`td`,{className:`only-d`})]}),(0,X.jsxs)(`tr`,{className:`sum`,children:[(0,X.jsx)(`td`,{colSpan:3,children:s<0?Aa():xa()}),(0,X.jsx)(`td`,{className:s===0?`num`:`num t-warn`,children:v(s<0?{...e.balanceDue,amount:F(e.balanceDue.amount)}:e.balanceDue)}),o&&(0,X.jsx)(`td`,{className:`only-d`})]})]})]}),r&&(0,X.jsx)(Hc,{order:e,payment:r,onClose:()=>a(void 0)}),t&&(0,X.jsx)(Gc,{order:e,payment:t,onClose:()=>n(void 0)})]})}function Gc({order:e,payment:t,amount:n,onClose:r}){let i=Z(Nc,[`amount`,`reason`]),[a,o]=(0,Y.useState)(P(n??$(t))),[s,l]=(0,Y.useState)(``),[u,d]=(0,Y.useState)(I),f=N(a),p=async()=>{await i.run({orderId:e.id,paymentId:t.id,amount:f,reason:s||void 0,expectedRevision:e.revision,clientMutationKey:u},ss())&&r()};return(0,X.jsxs)(L,{title:gs({method:t.method}),open:!0,onClose:r,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(c,{onClick:r,children:A()}),(0,X.jsx)(c,{look:`primary`,busy:i.busy,disabled:!f,onClick:()=>void p(),children:is()})]}),children:[(0,X.jsx)(`p`,{children:Ko()}),e.exportState===`EXPORTED`&&(0,X.jsx)(`p`,{children:Yo()}),(0,X.jsxs)(`div`,{className:`fields`,children:[(0,X.jsx)(C,{label:Uo(),hint:Qo({amount:v({...t.amount,amount:$(t)})}),inputMode:`decimal`,value:a,onChange:e=>{o(e),d(I())},error:f?i.errorOf(`amount`):z()}),(0,X.jsx)(C,{label:ts(),value:s,maxLength:500,onChange:e=>{l(e),d(I())},error:i.errorOf(`reason`)})]})]})}function Kc({order:e,line:t,onClose:n}){let r=Z(Mc),i=e.lines.filter(e=>!e.removed),[a,o]=(0,Y.useState)(t?.id??``),s=async()=>{await r.run({orderId:e.id,lineId:a,expectedRevision:e.revision},Or())&&n()};return(0,X.jsxs)(L,{title:K(),open:!0,onClose:n,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(c,{autoFocus:!0,onClick:n,children:A()}),(0,X.jsx)(c,{look:`danger`,busy:r.busy,disabled:!a,onClick:()=>void s(),children:K()})]}),children:[(0,X.jsx)(`p`,{children:e.exportState===`EXPORTED`?ir():sr()}),t?(0,X.jsxs)(`p`,{children:[(0,X.jsx)(`b`,{children:(0,X.jsx)(`bdi`,{children:t.description})}),` `,`· `,v(t.total)]}):(0,X.jsx)(ee,{label:jr(),value:a,saved:a,plain:!0,onChange:o,choices:i.map(e=>({value:e.id,label:e.description,hint:v(e.total)}))})]})}function qc({order:e}){let t=e.exportBlockers;return t.length===0?null:(0,X.jsx)(_,{title:si({count:t.length,n:b(t.length)}),aside:(0,X.jsx)(`span`,{className:`muted small only-d`,children:ui()}),children:t.map(t=>(0,X.jsxs)(`div`,{className:`blk`,children:[(0,X.jsx)(u,{name:me[t.code]??`warn`}),(0,X.jsx)(`span`,{className:`t`,children:t.message}),(0,X.jsx)(`p`,{children:t.advice}),(0,X.jsx)(x,{children:(0,X.jsx)(Jc,{order:e,blocker:t})})]},t.code))})}function Jc({order:e,blocker:n}){let[r,i]=(0,Y.useState)(!1),a=Z(Lc),o=pe(n.code);if(o)return(0,X.jsx)(t,{to:o,className:`btn`,children:xe(o)});let s=()=>i(!1),l=e=>(0,X.jsx)(c,{onClick:()=>i(!0),children:e});switch(n.code){case`BALANCE_DUE`:return(0,X.jsx)(Yc,{order:e});case`OVERPAID`:{let t=e.payments.find(e=>e.state===`CAPTURED`);return t?(0,X.jsxs)(X.Fragment,{children:[l(Oo({amount:v({...e.balanceDue,amount:F(e.balanceDue.amount)})})),r&&(0,X.jsx)(Gc,{order:e,payment:t,amount:F(e.balanceDue.amount),onClose:s})]}):null}case`UNLINKED_PRODUCT`:return(0,X.jsx)(Xc,{order:e});case`REFUNDED`:case`NEGATIVE_TOTAL`:case`TOO_MANY_LINES`:return(0,X.jsxs)(X.Fragment,{children:[l(K()),r&&(0,X.jsx)(Kc,{order:e,onClose:s})]});case`NO_LINES`:case`TOTAL_MISMATCH`:return(0,X.jsxs)(X.Fragment,{children:[l(B()),r&&(0,X.jsx)(Q,{order:e,onClose:s})]});case`FRACTIONAL_QUANTITY`:{let t=e.lines.find(e=>!e.removed&&!/^\d+(\.0*)?$/.test(e.quantity));return t&&(0,X.jsxs)(X.Fragment,{children:[l(W()),r&&(0,X.jsx)(Q,{order:e,line:t,onClose:s})]})}case`ORDER_REFUSED`:return e.export&&(0,X.jsx)(c,{icon:`refresh`,busy:a.busy,onClick:()=>void a.run({orderId:e.id},Hi()),children:Gi()});default:return null}}function Yc({order:e}){let t=Z(Dc,[`amount`,`note`]),[n,r]=(0,Y.useState)(),[i,a]=(0,Y.useState)(``),[o,s]=(0,Y.useState)(I),l=n??P(e.balanceDue.amount),u=N(l);if(M(e.balanceDue.amount)<=0)return null;let d=async()=>{await t.run({orderId:e.id,amount:u,note:i||void 0,expectedRevision:e.revision,clientMutationKey:o},lo())&&(r(void 0),a(``),s(I()))};return(0,X.jsxs)(`form`,{className:`inline`,onSubmit:e=>{e.preventDefault(),u&&d()},children:[(0,X.jsx)(C,{label:eo(),inputMode:`decimal`,value:l,onChange:e=>{r(e),s(I())},error:u?t.errorOf(`amount`):z()}),(0,X.jsx)(C,{label:ro(),value:i,onChange:a,maxLength:500,error:t.errorOf(`note`)}),(0,X.jsx)(c,{type:`submit`,look:`primary`,busy:t.busy,disabled:!u,children:oo()})]})}function Xc({order:e}){let[t,n]=(0,Y.useState)(!1),r=e.lines.find(e=>!e.removed&&e.kind===`PRODUCT`&&e.product&&!e.product.posItem);return r?.product?(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(c,{icon:`search`,onClick:()=>n(!0),children:Pr()}),t&&(0,X.jsx)(Tc,{product:r.product,onClose:()=>n(!1)})]}):null}var Zc=e=>[e.line1,e.line2,[e.city,e.region,e.zip].filter(Boolean).join(` `),e.country].filter(Boolean);function Qc({order:e}){let t=e.customer,n=[[Qe(),de({...t,company:``,email:``})],[Ke(),t.company],[Ye(),t.email],[it(),t.phone],[Ue(),Zc(t.address).join(`, `)],[st(),e.shippingAddress?Zc(e.shippingAddress).join(`, `):``],[tt(),e.note]].filter(([,e])=>e);return(0,X.jsx)(_,{title:le(),aside:e.export?.customerUrl&&(0,X.jsx)(f,{href:e.export.customerUrl,className:`small`,children:`Lightspeed`}),children:n.length>0?(0,X.jsx)(`dl`,{className:`kv`,children:n.map(([e,t])=>(0,X.jsxs)(`div`,{className:`contents`,children:[(0,X.jsx)(`dt`,{children:e}),(0,X.jsx)(`dd`,{className:`any`,children:(0,X.jsx)(`bdi`,{children:t})})]},e))}):(0,X.jsx)(`p`,{className:`muted`,children:ut()})})}function $c({order:e,locations:t,onClose:n}){let r=Z(Oc,[`locationId`,`lines`]),i=Z(kc,[`lines`]),[a,o]=(0,Y.useState)(`STORE`),[s,l]=(0,Y.useState)(e.pickupLocation?.id??``),u=e.lines.filter(e=>!e.removed&&e.kind===`PRODUCT`).map(e=>({...e,left:P(j([e.quantity,F(e.fulfilledQuantity)]),0)})).filter(e=>/[1-9]/.test(e.left)),[d,f]=(0,Y.useState)({}),p=u.map(e=>({...e,typed:d[e.id]??e.left})),m=p.filter(e=>e.typed.trim()!==``&&e.typed.trim()!==`0`),h=m.some(e=>N(e.typed,6)===void 0),g=a===`STORE`?r:i,_=async()=>{let t=m.map(e=>({lineId:e.id,quantity:N(e.typed,6)})),o={orderId:e.id,lines:t,expectedRevision:e.revision};(a===`STORE`?await r.run({...o,locationId:s||void 0},gt()):await i.run(o,gt()))&&n()};return(0,X.jsxs)(L,{title:Bt(),open:!0,onClose:n,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(c,{onClick:n,children:A()}),(0,X.jsx)(c,{look:`primary`,busy:g.busy,disabled:h||m.length===0||a===`STORE`&&!s,onClick:()=>void _(),children:Tt()})]}),children:[(0,X.jsx)(ee,{label:Ut(),value:a,saved:`STORE`,plain:!0,onChange:o,choices:[{value:`STORE`,label:Ot(),hint:jt()},{value:`SUPPLIER`,label:Pt(),hint:Lt()}]}),(0,X.jsxs)(`div`,{className:`fields`,children:[a===`STORE`&&(0,X.jsx)(w,{label:St(),value:s,onChange:l,error:r.errorOf(`locationId`),choices:t.map(e=>({value:e.id,label:e.name}))}),p.map(e=>(0,X.jsx)(C,{label:(0,X.jsx)(`bdi`,{children:e.description}),hint:yt({n:e.left}),inputMode:`numeric`,value:e.typed,onChange:t=>f(n=>({...n,[e.id]:t})),error:e.typed.trim()!==``&&N(e.typed,6)===void 0?J():g.errorOf(`quantity`)},e.id))]})]})}function el({order:e,line:t,onClose:n}){let r=Z(zc,[`quantity`,`discount`,`tax`]),[i,a]=(0,Y.useState)(P(t.quantity,0)),[o,l]=(0,Y.useState)(``),[u,d]=(0,Y.useState)(``),f=N(i,6),p=e=>e.trim()===``?void 0:N(e),m=e=>e.trim()!==``&&N(e)===void 0,h=f!==void 0&&f!==P(t.quantity,0)&&!m(o)&&!m(u),g=async()=>{await r.run({orderId:e.id,lineId:t.id,quantity:f??t.quantity,discount:p(o),tax:p(u),expectedRevision:e.revision},$n())&&n()};return(0,X.jsxs)(L,{title:So({name:t.description}),open:!0,onClose:n,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(c,{onClick:n,children:A()}),(0,X.jsx)(c,{look:`primary`,busy:r.busy,disabled:!h,onClick:()=>void g(),children:H()})]}),children:[(0,X.jsx)(`p`,{children:e.exportState===`EXPORTED`?V():go()}),(0,X.jsxs)(`div`,{className:`fields`,children:[(0,X.jsx)(C,{label:G(),hint:M(t.fulfilledQuantity)>0||M(t.refundedQuantity)>0?yo({n:s(tl(t))}):void 0,inputMode:`decimal`,value:i,onChange:a,error:f?r.errorOf(`quantity`):J()}),(0,X.jsxs)(`div`,{className:`fields pair`,children:[(0,X.jsx)(C,{label:U(),hint:po(),inputMode:`decimal`,value:o,onChange:l,error:m(o)?z():r.errorOf(`discount`)}),(0,X.jsx)(C,{label:gr(),hint:po(),inputMode:`decimal`,value:u,onChange:d,error:m(u)?z():r.errorOf(`tax`)})]})]})]})}var tl=e=>M(j([e.fulfilledQuantity,F(e.refundedQuantity)]))>0?e.fulfilledQuantity:e.refundedQuantity,nl={PRODUCT:dn,SHIPPING:mn,FEE:an,GIFT_CARD:cn};function rl({order:e,locations:t}){let[n,r]=(0,Y.useState)(),[i,a]=(0,Y.useState)(),[o,l]=(0,Y.useState)(),[u,d]=(0,Y.useState)(),f=D(),p=()=>r(void 0),m=e.lines.some(e=>!e.removed&&e.kind===`PRODUCT`&&e.quantity!==e.fulfilledQuantity);return(0,X.jsxs)(_,{title:gi(),flush:!0,aside:(0,X.jsx)(x,{children:(0,X.jsxs)(`span`,{className:`acts`,children:[m&&!e.fulfilled&&(0,X.jsx)(c,{look:`quiet`,onClick:()=>r(`fulfil`),children:pt()}),(0,X.jsx)(c,{look:`quiet`,onClick:()=>r(`add`),children:B()})]})}),children:[(0,X.jsxs)(`table`,{className:`list lines`,children:[(0,X.jsx)(`thead`,{children:(0,X.jsxs)(`tr`,{children:[(0,X.jsx)(`th`,{children:Jn()}),(0,X.jsx)(`th`,{className:`num`,children:G()}),(0,X.jsx)(`th`,{className:`num`,children:ie()}),(0,X.jsx)(`th`,{children:zn()}),f&&(0,X.jsx)(`th`,{children:(0,X.jsx)(`span`,{className:`sr`,children:Re()})})]})}),(0,X.jsx)(`tbody`,{children:e.lines.map(e=>(0,X.jsxs)(`tr`,{className:e.removed?`gone`:void 0,children:[(0,X.jsxs)(`td`,{className:`two wrap`,children:[(0,X.jsx)(`bdi`,{children:e.removed?(0,X.jsx)(`del`,{className:`muted`,children:e.description}):e.description}),(0,X.jsxs)(`div`,{className:`muted`,children:[e.kind===`PRODUCT`?e.product?.mpn||e.productKey:nl[e.kind](),e.product?.posItem&&` · ${R({id:e.product.posItem.lightspeedItemId})}`,e.addedBy&&` · ${yn({who:e.addedBy})}`]}),e.removed?(0,X.jsx)(E,{tone:`plain`,icon:`minus`,children:pr()}):e.kind===`PRODUCT`&&!e.product?.posItem&&(0,X.jsx)(E,{tone:`warn`,icon:`unlinked`,children:Se()})]}),(0,X.jsxs)(`td`,{className:`num qty`,children:[s(e.quantity),` × `,v(e.unitPrice)]}),(0,X.jsxs)(`td`,{className:`num tot`,children:[e.removed?(0,X.jsx)(`del`,{className:`muted`,children:v(e.total)}):v(e.total),M(e.discount.amount)!==0&&(0,X.jsx)(`div`,{className:`muted small`,children:jn({amount:v(e.discount)})}),M(e.tax.amount)!==0&&(0,X.jsx)(`div`,{className:`muted small`,children:yr({amount:v(e.tax)})})]}),(0,X.jsx)(`td`,{className:`ho`,children:(0,X.jsx)(il,{line:e})}),f&&(0,X.jsx)(`td`,{className:`act full`,children:!e.removed&&(0,X.jsxs)(`span`,{className:`acts pile`,children:[(0,X.jsxs)(c,{look:`quiet`,small:!0,onClick:()=>a(e),children:[H(),(0,X.jsxs)(`span`,{className:`sr`,children:[` `,e.description]})]}),(0,X.jsxs)(c,{look:`quiet`,small:!0,onClick:()=>l(e),children:[W(),(0,X.jsxs)(`span`,{className:`sr`,children:[` `,e.description]})]}),(0,X.jsxs)(c,{look:`quiet`,small:!0,onClick:()=>d(e),children:[ur(),(0,X.jsxs)(`span`,{className:`sr`,children:[` `,e.description]})]})]})})]},e.id))}),(0,X.jsx)(`tfoot`,{children:(0,X.jsxs)(`tr`,{className:`sum`,children:[(0,X.jsx)(`td`,{colSpan:2,children:e.pricesIncludeTax?ra():oa()}),(0,X.jsx)(`td`,{className:`num`,children:v(e.total)}),(0,X.jsx)(`td`,{className:`only-d`,colSpan:f?2:1})]})})]}),n===`fulfil`&&(0,X.jsx)($c,{order:e,locations:t,onClose:p}),n===`add`&&(0,X.jsx)(Q,{order:e,onClose:p}),i&&(0,X.jsx)(el,{order:e,line:i,onClose:()=>a(void 0)}),o&&(0,X.jsx)(Q,{order:e,line:o,onClose:()=>l(void 0)}),u&&(0,X.jsx)(Kc,{order:e,line:u,onClose:()=>d(void 0)})]})}function il({line:e}){return e.kind!==`PRODUCT`||e.removed?(0,X.jsx)(`span`,{className:`muted only-d`,children:`–`}):e.fulfillments.length===0?(0,X.jsx)(E,{tone:`plain`,icon:`clock`,children:Kt()}):(0,X.jsx)(`span`,{className:`tags`,children:e.fulfillments.map(t=>{let n=t.by===`SUPPLIER`?tn():t.location?.name??Qt();return(0,X.jsx)(E,{tone:`ok`,icon:t.by===`SUPPLIER`?`truck`:`check`,children:t.quantity===e.quantity?n:Yt({who:n,n:s(t.quantity),of:s(e.quantity)})},`${t.by}${t.location?.id}`)})})}function al({order:e}){let t=Z(Fc),n=e.notices.filter(e=>e.code!==`REFUND_IN_LIGHTSPEED`);return n.length===0?null:(0,X.jsx)(_,{title:Di(),aside:(0,X.jsx)(E,{tone:`warn`,children:b(n.length)}),children:n.map(n=>(0,X.jsxs)(`div`,{className:`blk`,children:[(0,X.jsx)(u,{name:`warn`}),(0,X.jsx)(`span`,{className:`t`,children:n.message}),(0,X.jsx)(x,{children:(0,X.jsx)(c,{busy:t.busy,onClick:()=>void t.run({orderId:e.id,code:n.code,expectedRevision:e.revision},Yr()),children:Kr()})})]},n.code))})}function ol({order:e}){return e.refunds.filter(e=>e.afterExport&&!e.doneInLightspeedAt).map(t=>(0,X.jsx)(sl,{order:e,refund:t},t.id))}function sl({order:e,refund:t}){let n=Z(Pc),r=e.export?.lightspeedSaleId??``,a=v(t.amount);return(0,X.jsxs)(_,{title:jo({amount:a}),aside:(0,X.jsx)(E,{tone:`warn`,icon:`clock`,children:Lo()}),children:[(0,X.jsx)(`p`,{className:`muted`,children:Os()}),(0,X.jsxs)(`ol`,{className:`todo`,children:[(0,X.jsxs)(`li`,{className:`done`,children:[(0,X.jsx)(`span`,{className:`dot`,children:(0,X.jsx)(u,{name:`check`})}),(0,X.jsxs)(`div`,{children:[(0,X.jsx)(`div`,{className:`t`,children:Bo()}),(0,X.jsxs)(`p`,{children:[a,` · `,t.payment?.method??Ss(),` · `,(0,X.jsx)(i,{at:t.refundedAt}),t.refundedBy&&` · ${t.refundedBy}`,t.reason&&(0,X.jsxs)(X.Fragment,{children:[` `,`· `,(0,X.jsx)(`q`,{children:t.reason})]})]})]})]}),(0,X.jsxs)(`li`,{className:`now`,children:[(0,X.jsx)(`span`,{className:`dot`,children:`2`}),(0,X.jsxs)(`div`,{children:[(0,X.jsx)(`div`,{className:`t`,children:us()}),(0,X.jsx)(`p`,{children:ps({sale:r,amount:a,method:t.payment?.method??``})})]}),(0,X.jsxs)(`div`,{className:`acts`,children:[e.export?.saleUrl&&(0,X.jsx)(f,{href:e.export.saleUrl,className:`btn`,children:Ai({id:r})}),(0,X.jsx)(x,{children:(0,X.jsx)(c,{look:`primary`,busy:n.busy,onClick:()=>void n.run({orderId:e.id,refundId:t.id},Ts()),children:be()})})]})]})]})]})}var cl={QUEUED:void 0,SENDING:void 0,UNCONFIRMED:`warn`,EXPORTED:`ok`,FAILED:`bad`,BLOCKED:`warn`},ll={QUEUED:`clock`,SENDING:`export`,UNCONFIRMED:`clock`,EXPORTED:`check`,FAILED:`bad`,BLOCKED:`pause`};function ul(e){let t=e.history.filter((t,n)=>n<e.history.length-1||t.state===`EXPORTED`).map((t,n)=>({id:`state${n}`,at:t.at,tone:cl[t.state],icon:ll[t.state],title:t.state===`EXPORTED`?Us():ye[t.state](),text:t.state===`EXPORTED`?(0,X.jsxs)(X.Fragment,{children:[pc({id:e.lightspeedSaleId??``,total:e.saleTotal?v(e.saleTotal):``}),e.ticketNumber&&` · ${gc({number:e.ticketNumber})}`]}):t.reason?.message}));return t.reverse(),t.push({id:`asked`,at:e.requestedAt,icon:`export`,title:js(),text:e.requestedBy?ne({who:e.requestedBy}):Ls()}),t}function dl(e){let t=e.export,n=[];for(let t of e.refunds)t.doneInLightspeedAt&&n.push({id:`${t.id}done`,at:t.doneInLightspeedAt,tone:`ok`,icon:`check`,title:uc(),text:t.doneInLightspeedBy}),n.push({id:t.id,at:t.refundedAt,icon:`undo`,title:sc({amount:v(t.amount)}),text:t.reason});for(let t of e.payments)t.offline&&t.capturedAt&&n.push({id:t.id,at:t.capturedAt,icon:`card`,title:Ys({amount:v(t.amount)}),text:t.recordedBy});let r=e.lines.flatMap(e=>e.fulfilledAt?[e.fulfilledAt]:[]).sort();if(r.length>0&&e.fulfilled&&n.push({id:`handed`,at:r.at(-1),icon:`truck`,title:se()}),t&&n.push(...ul(t)),n.push({id:`placed`,at:e.placedAt,icon:`info`,title:Qs()}),n.sort((e,t)=>(t.at??``).localeCompare(e.at??``)),t&&t.state!==`EXPORTED`&&n.unshift({id:`now`,tone:t.state===`FAILED`?`bad`:t.state===`BLOCKED`?`warn`:`busy`,icon:t.state===`FAILED`?`bad`:t.state===`BLOCKED`?`pause`:`clock`,title:ye[t.state](),text:(0,X.jsxs)(X.Fragment,{children:[t.reason?.message,!t.reason&&t.queuePlace!=null&&he({n:t.queuePlace}),!t.reason&&t.expectedSeconds!=null&&` · ${ae({time:o(t.expectedSeconds)})}`,t.attempts>1&&` ${Ps({n:t.attempts})}`]})}),!t){let t=e.exportBlockers.length;n.unshift(t>0?{id:`now`,tone:`warn`,icon:`pause`,title:ue(),text:e.exportBlockers[0]?.message}:{id:`now`,icon:`export`,title:tc(),text:ic()})}return n}function fl({order:e}){let t=e.export?e.export.historyCount-e.export.history.length:0;return(0,X.jsxs)(_,{title:pi(),aside:e.export?.saleUrl&&(0,X.jsx)(f,{href:e.export.saleUrl,className:`small`,children:ge({id:e.export.lightspeedSaleId??``})}),children:[(0,X.jsx)(`ol`,{className:`tl`,children:dl(e).map(e=>(0,X.jsxs)(`li`,{className:e.tone,children:[(0,X.jsx)(`span`,{className:`dot`,children:(0,X.jsx)(u,{name:e.icon})}),(0,X.jsx)(`span`,{className:`t`,children:e.title}),(0,X.jsx)(`span`,{className:`w`,children:e.at&&(0,X.jsx)(i,{at:e.at})}),e.text&&(0,X.jsx)(`span`,{className:`d`,children:e.text})]},e.id))}),t>0&&(0,X.jsx)(`p`,{className:`muted small gap`,children:Bs({n:b(t)})}),e.exportState===`EXPORTED`&&(0,X.jsx)(`p`,{className:`muted small gap`,children:Ks()})]})}function pl(){let{key:e=``}=r({strict:!1}),[t,n]=a({query:Ec,variables:{key:e}}),i=t.data?.order?.id;return _e(e=>{i&&e(i)&&n({requestPolicy:`network-only`})}),(0,X.jsx)(m,{result:t,again:n,rows:8,children:t=>t.order?(0,X.jsx)(hl,{order:t.order,data:t},t.order.id):(0,X.jsx)(ml,{number:e})})}function ml({number:e}){return(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(p,{title:q(),crumb:(0,X.jsx)(t,{to:`/orders`,children:n()})}),(0,X.jsx)(_,{title:q(),children:(0,X.jsx)(d,{icon:`search`,title:xi({key:e}),act:(0,X.jsx)(t,{to:`/orders`,search:{view:`all`},className:`btn`,children:n()})})})]})}function hl({order:e,data:r}){let{tone:a,words:o}=fe(e),s=de(e.customer)||oe();return(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(p,{crumb:(0,X.jsx)(t,{to:`/orders`,children:n()}),title:ea({number:e.number}),pill:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(T,{tone:a,children:o}),e.refunds.some(e=>e.afterExport&&!e.doneInLightspeedAt)&&(0,X.jsx)(T,{tone:`warn`,children:te()})]}),lead:(0,X.jsxs)(X.Fragment,{children:[zi(),` `,(0,X.jsx)(i,{at:e.placedAt}),` · `,(0,X.jsx)(`bdi`,{children:s}),` ·`,` `,e.pickupLocation?Ii({store:e.pickupLocation.name}):ce(),e.websiteUrl&&(0,X.jsxs)(X.Fragment,{children:[` · `,(0,X.jsx)(f,{href:e.websiteUrl,children:Te()})]})]}),acts:(0,X.jsx)(gl,{order:e,statuses:r.statusTypes})}),(0,X.jsxs)(`div`,{className:`cols`,children:[(0,X.jsxs)(`div`,{className:`stack`,children:[(0,X.jsx)(ol,{order:e}),(0,X.jsx)(al,{order:e}),(0,X.jsx)(qc,{order:e}),(0,X.jsx)(rl,{order:e,locations:r.locations}),(0,X.jsx)(Wc,{order:e})]}),(0,X.jsxs)(`div`,{className:`stack`,children:[(0,X.jsx)(fl,{order:e}),(0,X.jsx)(Qc,{order:e})]})]})]})}function gl({order:e,statuses:t}){let n=D(),r=S(ve),i=Z(Ic),a=Z(Lc),o=e.export?.state,s=async t=>{if(!t)return;let{data:n,ok:i}=await r.run({input:{orderIds:[e.id],statusId:t,expectedRevision:e.revision}}),a=n?.changeOrderStatus.results[0]?.userErrors[0]??n?.changeOrderStatus.userErrors[0];a?k(a.message):i&&O(Zi())};return n?(0,X.jsxs)(x,{children:[(0,X.jsx)(w,{label:re(),hideLabel:!0,none:wi(),value:e.status?.id??``,disabled:r.busy,onChange:e=>void s(e),choices:t.filter(t=>!t.retired||t.id===e.status?.id).map(e=>({value:e.id,label:Ji({name:e.name}),disabled:e.retired}))}),(o===`FAILED`||o===`BLOCKED`||o===`UNCONFIRMED`)&&(0,X.jsx)(c,{look:o===`FAILED`?`primary`:`plain`,icon:`refresh`,busy:a.busy,onClick:()=>void a.run({orderId:e.id},Hi()),children:Gi()}),!o&&(0,X.jsx)(c,{look:e.exportBlockers.length>0?`plain`:`primary`,icon:`export`,busy:i.busy,disabled:e.exportBlockers.length>0,title:e.exportBlockers.length>0?ti():void 0,onClick:()=>void i.run({orderId:e.id},ii()),children:Qr()})]}):e.status&&(0,X.jsx)(T,{tone:`plain`,children:e.status.name})}export{pl as Page};