import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{t}from"./link-biMhFSWg.js";import{K as n,m as r}from"./index-DlmRNVEy.js";import{A as i,S as a,_ as o,f as s,ft as c,h as l,i as u,j as d,m as f,n as p,o as m,pt as h,r as g,t as _,v,w as y,y as ee}from"./Panel-Bs6JSMci.js";import{t as b}from"./act-Bgg4fsxW.js";import{a as x,n as S,r as C}from"./Field-B9HP8HGd.js";import{n as w,r as T}from"./Pill-CZGW8zfM.js";import{n as E}from"./Role-DI4ww30I.js";import{n as D,r as O}from"./toast-pVxiDGVm.js";import{t as k}from"./nav_orders-CGiGE4YC.js";import{t as A}from"./cancel-kJBfc61O.js";import{A as te,C as ne,D as re,E as ie,F as ae,I as oe,M as se,O as ce,T as le,_ as ue,a as j,b as de,g as fe,i as M,j as pe,k as me,m as he,n as N,o as ge,p as _e,r as P,t as F,v as ve,w as ye,x as be,y as I}from"./decimal-DxUKXND6.js";import{n as L}from"./data-DpYu8Bte.js";import{t as R}from"./Dialog-C1f0VvXM.js";import{t as xe}from"./items_search-BZnxCsXO.js";import{t as z}from"./line_item-Dkje_czo.js";import{t as Se}from"./order_on_website-Up0eGG6U.js";import{t as Ce}from"./undo-DQNjEOGr.js";import{t as we}from"./SearchField-BJ5xfooV.js";import{a as Te,i as Ee,n as De,o as Oe,r as ke,s as Ae,t as je}from"./FindProduct-tfZgxGq5.js";import{t as Me}from"./draft-DuXwKmg5.js";import{t as B}from"./registry-B1INsJo1.js";var Ne=()=>`Actions`,Pe=()=>`Acciones`,Fe=((e={},t={})=>(t.locale??y())===`es`?Pe(e):Ne(e)),Ie=()=>`Enter an amount such as 12.50.`,Le=()=>`Escribe un importe como 12.50.`,V=((e={},t={})=>(t.locale??y())===`es`?Le(e):Ie(e)),Re=()=>`Address`,ze=()=>`Dirección`,Be=((e={},t={})=>(t.locale??y())===`es`?ze(e):Re(e)),Ve=()=>`Company`,He=()=>`Empresa`,Ue=((e={},t={})=>(t.locale??y())===`es`?He(e):Ve(e)),We=()=>`E-mail`,Ge=()=>`Correo`,Ke=((e={},t={})=>(t.locale??y())===`es`?Ge(e):We(e)),qe=()=>`Name`,Je=()=>`Nombre`,Ye=((e={},t={})=>(t.locale??y())===`es`?Je(e):qe(e)),Xe=()=>`Note`,Ze=()=>`Nota`,Qe=((e={},t={})=>(t.locale??y())===`es`?Ze(e):Xe(e)),$e=()=>`Phone`,et=()=>`Teléfono`,tt=((e={},t={})=>(t.locale??y())===`es`?et(e):$e(e)),nt=()=>`Ships to`,rt=()=>`Envío a`,it=((e={},t={})=>(t.locale??y())===`es`?rt(e):nt(e)),at=()=>`The website knows nothing about the customer.`,ot=()=>`El sitio web no sabe nada del cliente.`,st=((e={},t={})=>(t.locale??y())===`es`?ot(e):at(e)),ct=()=>`Hand over…`,lt=()=>`Entregar…`,ut=((e={},t={})=>(t.locale??y())===`es`?lt(e):ct(e)),dt=()=>`The hand-over is recorded`,ft=()=>`La entrega está registrada`,pt=((e={},t={})=>(t.locale??y())===`es`?ft(e):dt(e)),mt=e=>`${e?.n} left`,ht=e=>`quedan ${e?.n}`,gt=((e,t={})=>(t.locale??y())===`es`?ht(e):mt(e)),_t=()=>`Store`,vt=()=>`Tienda`,yt=((e={},t={})=>(t.locale??y())===`es`?vt(e):_t(e)),bt=()=>`Record it`,xt=()=>`Registrar`,St=((e={},t={})=>(t.locale??y())===`es`?xt(e):bt(e)),Ct=()=>`A store`,wt=()=>`Una tienda`,Tt=((e={},t={})=>(t.locale??y())===`es`?wt(e):Ct(e)),Et=()=>`Handed to the customer, or shipped from there.`,Dt=()=>`Se entrega al cliente o se envía desde allí.`,Ot=((e={},t={})=>(t.locale??y())===`es`?Dt(e):Et(e)),kt=()=>`A supplier`,At=()=>`Un proveedor`,jt=((e={},t={})=>(t.locale??y())===`es`?At(e):kt(e)),Mt=()=>`Sent to the customer by the supplier.`,Nt=()=>`El proveedor lo envía al cliente.`,Pt=((e={},t={})=>(t.locale??y())===`es`?Nt(e):Mt(e)),Ft=()=>`Who hands it over?`,It=()=>`¿Quién lo entrega?`,Lt=((e={},t={})=>(t.locale??y())===`es`?It(e):Ft(e)),Rt=()=>`Who hands it over`,zt=()=>`Quién lo entrega`,Bt=((e={},t={})=>(t.locale??y())===`es`?zt(e):Rt(e)),Vt=()=>`not yet`,Ht=()=>`todavía no`,Ut=((e={},t={})=>(t.locale??y())===`es`?Ht(e):Vt(e)),Wt=e=>`${e?.who} ${e?.n} of ${e?.of}`,Gt=e=>`${e?.who} ${e?.n} de ${e?.of}`,Kt=((e,t={})=>(t.locale??y())===`es`?Gt(e):Wt(e)),qt=()=>`Store`,Jt=()=>`Tienda`,Yt=((e={},t={})=>(t.locale??y())===`es`?Jt(e):qt(e)),Xt=()=>`Supplier`,Zt=()=>`Proveedor`,Qt=((e={},t={})=>(t.locale??y())===`es`?Zt(e):Xt(e)),$t=()=>`Fee or coupon`,en=()=>`Cargo o cupón`,tn=((e={},t={})=>(t.locale??y())===`es`?en(e):$t(e)),nn=()=>`Gift card`,rn=()=>`Tarjeta regalo`,H=((e={},t={})=>(t.locale??y())===`es`?rn(e):nn(e)),an=()=>`Product`,on=()=>`Producto`,U=((e={},t={})=>(t.locale??y())===`es`?on(e):an(e)),sn=()=>`Shipping`,cn=()=>`Envío`,W=((e={},t={})=>(t.locale??y())===`es`?cn(e):sn(e)),ln=()=>`Add a line`,un=()=>`Añadir una línea`,G=((e={},t={})=>(t.locale??y())===`es`?un(e):ln(e)),dn=e=>`added by ${e?.who}`,fn=e=>`añadida por ${e?.who}`,pn=((e,t={})=>(t.locale??y())===`es`?fn(e):dn(e)),mn=()=>`The sale in Lightspeed does not change. Make the same change there.`,hn=()=>`La venta en Lightspeed no cambia. Haz el mismo cambio allí.`,gn=((e={},t={})=>(t.locale??y())===`es`?hn(e):mn(e)),_n=()=>`Description`,vn=()=>`Descripción`,yn=((e={},t={})=>(t.locale??y())===`es`?vn(e):_n(e)),bn=()=>`Discount on the line`,xn=()=>`Descuento de la línea`,Sn=((e={},t={})=>(t.locale??y())===`es`?xn(e):bn(e)),Cn=e=>`${e?.amount} off`,wn=e=>`${e?.amount} de descuento`,Tn=((e,t={})=>(t.locale??y())===`es`?wn(e):Cn(e)),En=()=>`Exchange`,Dn=()=>`Cambiar`,K=((e={},t={})=>(t.locale??y())===`es`?Dn(e):En(e)),On=e=>`Exchange “${e?.name}”`,kn=e=>`Cambiar «${e?.name}»`,An=((e,t={})=>(t.locale??y())===`es`?kn(e):On(e)),jn=()=>`Handed over`,Mn=()=>`Entrega`,Nn=((e={},t={})=>(t.locale??y())===`es`?Mn(e):jn(e)),Pn=()=>`Kind of line`,Fn=()=>`Tipo de línea`,In=((e={},t={})=>(t.locale??y())===`es`?Fn(e):Pn(e)),Ln=()=>`Price of a unit`,Rn=()=>`Precio por unidad`,zn=((e={},t={})=>(t.locale??y())===`es`?Rn(e):Ln(e)),Bn=()=>`Product`,Vn=()=>`Producto`,Hn=((e={},t={})=>(t.locale??y())===`es`?Vn(e):Bn(e)),Un=()=>`Quantity`,Wn=()=>`Cantidad`,q=((e={},t={})=>(t.locale??y())===`es`?Wn(e):Un(e)),Gn=()=>`Remove a line`,Kn=()=>`Quitar una línea`,J=((e={},t={})=>(t.locale??y())===`es`?Kn(e):Gn(e)),qn=()=>`The sale in Lightspeed does not change. Return the item there too.`,Jn=()=>`La venta en Lightspeed no cambia. Devuelve el artículo también allí.`,Yn=((e={},t={})=>(t.locale??y())===`es`?Jn(e):qn(e)),Xn=()=>`The order’s total falls by it. What was collected stays; give it back as a refund.`,Zn=()=>`El total del pedido baja. Lo cobrado queda; devuélvelo con un reembolso.`,Qn=((e={},t={})=>(t.locale??y())===`es`?Zn(e):Xn(e)),$n=()=>`Remove`,er=()=>`Quitar`,tr=((e={},t={})=>(t.locale??y())===`es`?er(e):$n(e)),nr=()=>`Removed`,rr=()=>`Quitada`,ir=((e={},t={})=>(t.locale??y())===`es`?rr(e):nr(e)),ar=()=>`Tax on the line`,or=()=>`Impuesto de la línea`,sr=((e={},t={})=>(t.locale??y())===`es`?or(e):ar(e)),cr=e=>`${e?.amount} tax`,lr=e=>`${e?.amount} de impuesto`,ur=((e,t={})=>(t.locale??y())===`es`?lr(e):cr(e)),dr=()=>`The line was added`,fr=()=>`Se ha añadido la línea`,pr=((e={},t={})=>(t.locale??y())===`es`?fr(e):dr(e)),mr=()=>`The line was exchanged`,hr=()=>`Se ha cambiado la línea`,gr=((e={},t={})=>(t.locale??y())===`es`?hr(e):mr(e)),_r=()=>`The line was removed`,vr=()=>`Se ha quitado la línea`,yr=((e={},t={})=>(t.locale??y())===`es`?vr(e):_r(e)),br=()=>`Which line`,xr=()=>`Qué línea`,Sr=((e={},t={})=>(t.locale??y())===`es`?xr(e):br(e)),Cr=()=>`Find the item`,wr=()=>`Buscar el artículo`,Tr=((e={},t={})=>(t.locale??y())===`es`?wr(e):Cr(e)),Er=()=>`Choose the item in Lightspeed. What you decide stays, whatever is synced later.`,Dr=()=>`Elige el artículo en Lightspeed. Lo que decides se mantiene, pase lo que pase después.`,Or=((e={},t={})=>(t.locale??y())===`es`?Dr(e):Er(e)),kr=e=>`linked to ${e?.name}`,Ar=e=>`vinculado a ${e?.name}`,jr=((e,t={})=>(t.locale??y())===`es`?Ar(e):kr(e)),Mr=e=>`Which item is “${e?.name}”?`,Nr=e=>`¿Qué artículo es «${e?.name}»?`,Pr=((e,t={})=>(t.locale??y())===`es`?Nr(e):Mr(e)),Fr=()=>`This is settled`,Ir=()=>`Ya está resuelto`,Lr=((e={},t={})=>(t.locale??y())===`es`?Ir(e):Fr(e)),Rr=()=>`The notice has ended`,zr=()=>`El aviso ha terminado`,Br=((e={},t={})=>(t.locale??y())===`es`?zr(e):Rr(e)),Vr=()=>`Export order`,Hr=()=>`Exportar pedido`,Ur=((e={},t={})=>(t.locale??y())===`es`?Hr(e):Vr(e)),Wr=()=>`Export opens once nothing holds the order back.`,Gr=()=>`Se podrá exportar cuando nada retenga el pedido.`,Kr=((e={},t={})=>(t.locale??y())===`es`?Gr(e):Wr(e)),qr=()=>`The order is on its way to Lightspeed`,Jr=()=>`El pedido va camino de Lightspeed`,Yr=((e={},t={})=>(t.locale??y())===`es`?Jr(e):qr(e)),Xr=e=>{let t=B(`en`,e?.count,{});return t===`one`?`${e?.n} thing holds this order back`:t===`other`?`${e?.n} things hold this order back`:`order_held_by`},Zr=e=>{let t=B(`es`,e?.count,{});return t===`one`?`${e?.n} cosa retiene este pedido`:t===`other`?`${e?.n} cosas retienen este pedido`:`order_held_by`},Qr=((e,t={})=>(t.locale??y())===`es`?Zr(e):Xr(e)),$r=()=>`Export opens once nothing is left`,ei=()=>`Se podrá exportar cuando no quede ninguna`,ti=((e={},t={})=>(t.locale??y())===`es`?ei(e):$r(e)),ni=()=>`What happened`,ri=()=>`Qué ha pasado`,ii=((e={},t={})=>(t.locale??y())===`es`?ri(e):ni(e)),ai=()=>`Lines`,oi=()=>`Líneas`,si=((e={},t={})=>(t.locale??y())===`es`?oi(e):ai(e)),ci=()=>`No such order`,li=()=>`No existe el pedido`,ui=((e={},t={})=>(t.locale??y())===`es`?li(e):ci(e)),di=e=>`The website has sent no order with the key “${e?.key}”.`,fi=e=>`El sitio web no ha enviado ningún pedido con la clave «${e?.key}».`,pi=((e,t={})=>(t.locale??y())===`es`?fi(e):di(e)),mi=()=>`No status`,hi=()=>`Sin estado`,gi=((e={},t={})=>(t.locale??y())===`es`?hi(e):mi(e)),_i=()=>`To look at`,vi=()=>`Para revisar`,yi=((e={},t={})=>(t.locale??y())===`es`?vi(e):_i(e)),bi=e=>`Open sale ${e?.id}`,xi=e=>`Abrir la venta ${e?.id}`,Si=((e,t={})=>(t.locale??y())===`es`?xi(e):bi(e)),Ci=()=>`Payments`,wi=()=>`Pagos`,Ti=((e={},t={})=>(t.locale??y())===`es`?wi(e):Ci(e)),Ei=e=>`Pickup at ${e?.store}`,Di=e=>`Recogida en ${e?.store}`,Oi=((e,t={})=>(t.locale??y())===`es`?Di(e):Ei(e)),ki=()=>`Placed`,Ai=()=>`Hecho`,ji=((e={},t={})=>(t.locale??y())===`es`?Ai(e):ki(e)),Mi=()=>`The export is tried again`,Ni=()=>`La exportación se reintenta`,Pi=((e={},t={})=>(t.locale??y())===`es`?Ni(e):Mi(e)),Fi=()=>`Try again now`,Ii=()=>`Reintentar ahora`,Li=((e={},t={})=>(t.locale??y())===`es`?Ii(e):Fi(e)),Ri=e=>`Status: ${e?.name}`,zi=e=>`Estado: ${e?.name}`,Bi=((e,t={})=>(t.locale??y())===`es`?zi(e):Ri(e)),Vi=()=>`Status changed`,Hi=()=>`Estado cambiado`,Ui=((e={},t={})=>(t.locale??y())===`es`?Hi(e):Vi(e)),Wi=e=>`Order ${e?.number}`,Gi=e=>`Pedido ${e?.number}`,Ki=((e,t={})=>(t.locale??y())===`es`?Gi(e):Wi(e)),qi=()=>`Total, tax included`,Ji=()=>`Total, impuestos incluidos`,Yi=((e={},t={})=>(t.locale??y())===`es`?Ji(e):qi(e)),Xi=()=>`Total with tax`,Zi=()=>`Total con impuestos`,Qi=((e={},t={})=>(t.locale??y())===`es`?Zi(e):Xi(e)),$i=()=>`Amount`,ea=()=>`Importe`,ta=((e={},t={})=>(t.locale??y())===`es`?ea(e):$i(e)),na=()=>`Not captured`,ra=()=>`Sin cobrar`,ia=((e={},t={})=>(t.locale??y())===`es`?ra(e):na(e)),aa=()=>`Captured`,oa=()=>`Cobrado`,sa=((e={},t={})=>(t.locale??y())===`es`?oa(e):aa(e)),ca=()=>`Collected, less what was given back`,la=()=>`Cobrado, menos lo devuelto`,ua=((e={},t={})=>(t.locale??y())===`es`?la(e):ca(e)),da=()=>`Balance due`,fa=()=>`Saldo pendiente`,pa=((e={},t={})=>(t.locale??y())===`es`?fa(e):da(e)),ma=()=>`Method`,ha=()=>`Método`,ga=((e={},t={})=>(t.locale??y())===`es`?ha(e):ma(e)),_a=()=>`Nothing was paid.`,va=()=>`No se ha pagado nada.`,ya=((e={},t={})=>(t.locale??y())===`es`?va(e):_a(e)),ba=()=>`Overpaid by`,xa=()=>`Pagado de más`,Sa=((e={},t={})=>(t.locale??y())===`es`?xa(e):ba(e)),Ca=()=>`State`,wa=()=>`Estado`,Ta=((e={},t={})=>(t.locale??y())===`es`?wa(e):Ca(e)),Ea=()=>`Voided`,Da=()=>`Anulado`,Oa=((e={},t={})=>(t.locale??y())===`es`?Da(e):Ea(e)),ka=()=>`When`,Aa=()=>`Cuándo`,ja=((e={},t={})=>(t.locale??y())===`es`?Aa(e):ka(e)),Ma=()=>`Amount collected`,Na=()=>`Importe cobrado`,Pa=((e={},t={})=>(t.locale??y())===`es`?Na(e):Ma(e)),Fa=()=>`Note (optional)`,Ia=()=>`Nota (opcional)`,La=((e={},t={})=>(t.locale??y())===`es`?Ia(e):Fa(e)),Ra=()=>`Record payment`,za=()=>`Registrar pago`,Ba=((e={},t={})=>(t.locale??y())===`es`?za(e):Ra(e)),Va=()=>`The payment is recorded`,Ha=()=>`El pago está registrado`,Ua=((e={},t={})=>(t.locale??y())===`es`?Ha(e):Va(e)),Wa=()=>`Refund`,Ga=()=>`Reembolsar`,Ka=((e={},t={})=>(t.locale??y())===`es`?Ga(e):Wa(e)),qa=e=>`Refund ${e?.amount}`,Ja=e=>`Reembolsar ${e?.amount}`,Ya=((e,t={})=>(t.locale??y())===`es`?Ja(e):qa(e)),Xa=e=>`Refund ${e?.amount} in both places`,Za=e=>`Reembolsar ${e?.amount} en ambos sitios`,Qa=((e,t={})=>(t.locale??y())===`es`?Za(e):Xa(e)),$a=()=>`Given back`,eo=()=>`Devuelto`,to=((e={},t={})=>(t.locale??y())===`es`?eo(e):$a(e)),no=()=>`1 of 2 done`,ro=()=>`1 de 2 hecho`,io=((e={},t={})=>(t.locale??y())===`es`?ro(e):no(e)),ao=()=>`On the website: the payment was given back`,oo=()=>`En el sitio: el pago se devolvió`,so=((e={},t={})=>(t.locale??y())===`es`?oo(e):ao(e)),co=()=>`Amount given back`,lo=()=>`Importe devuelto`,uo=((e={},t={})=>(t.locale??y())===`es`?lo(e):co(e)),fo=()=>`This records that the money was given back. The website’s payment provider moves it.`,po=()=>`Esto registra que el dinero se devolvió. El proveedor de pagos del sitio lo mueve.`,mo=((e={},t={})=>(t.locale??y())===`es`?po(e):fo(e)),ho=()=>`The order is in Lightspeed already: afterwards, make the refund there too.`,go=()=>`El pedido ya está en Lightspeed: después, haz el reembolso también allí.`,_o=((e={},t={})=>(t.locale??y())===`es`?go(e):ho(e)),vo=e=>`At most ${e?.amount}`,yo=e=>`Como máximo ${e?.amount}`,bo=((e,t={})=>(t.locale??y())===`es`?yo(e):vo(e)),xo=()=>`Reason (optional)`,So=()=>`Motivo (opcional)`,Co=((e={},t={})=>(t.locale??y())===`es`?So(e):xo(e)),wo=()=>`Record refund`,To=()=>`Registrar reembolso`,Eo=((e={},t={})=>(t.locale??y())===`es`?To(e):wo(e)),Do=()=>`The refund is recorded`,Oo=()=>`El reembolso está registrado`,ko=((e={},t={})=>(t.locale??y())===`es`?Oo(e):Do(e)),Ao=()=>`In Lightspeed: refund the sale`,jo=()=>`En Lightspeed: reembolsar la venta`,Mo=((e={},t={})=>(t.locale??y())===`es`?jo(e):Ao(e)),No=e=>`Open sale ${e?.sale} and refund ${e?.amount} to ${e?.method}; return the items to inventory if they came back.`,Po=e=>`Abre la venta ${e?.sale} y reembolsa ${e?.amount} a ${e?.method}; devuelve los artículos al inventario si han vuelto.`,Fo=((e,t={})=>(t.locale??y())===`es`?Po(e):No(e)),Io=e=>`Refund to ${e?.method}`,Lo=e=>`Reembolso a ${e?.method}`,Ro=((e,t={})=>(t.locale??y())===`es`?Lo(e):Io(e)),zo=e=>`Refund to ${e?.method}`,Bo=e=>`Reembolso a ${e?.method}`,Vo=((e,t={})=>(t.locale??y())===`es`?Bo(e):zo(e)),Ho=()=>`unknown payment`,Uo=()=>`pago desconocido`,Wo=((e={},t={})=>(t.locale??y())===`es`?Uo(e):Ho(e)),Go=()=>`Marked as done in Lightspeed`,Ko=()=>`Marcado como hecho en Lightspeed`,qo=((e={},t={})=>(t.locale??y())===`es`?Ko(e):Go(e)),Jo=()=>`This order is in Lightspeed already. The website’s refund alone leaves stock and books wrong there.`,Yo=()=>`Este pedido ya está en Lightspeed. El reembolso del sitio por sí solo deja mal allí las existencias y las cuentas.`,Xo=((e={},t={})=>(t.locale??y())===`es`?Yo(e):Jo(e)),Zo=()=>`Export requested`,Qo=()=>`Exportación solicitada`,$o=((e={},t={})=>(t.locale??y())===`es`?Qo(e):Zo(e)),es=e=>`Tried ${e?.n} times.`,ts=e=>`${e?.n} intentos.`,ns=((e,t={})=>(t.locale??y())===`es`?ts(e):es(e)),rs=()=>`Automatic: everything was paid and handed over`,is=()=>`Automática: todo estaba pagado y entregado`,as=((e={},t={})=>(t.locale??y())===`es`?is(e):rs(e)),os=e=>`By ${e?.who}`,ss=e=>`Por ${e?.who}`,cs=((e,t={})=>(t.locale??y())===`es`?ss(e):os(e)),ls=()=>`In Lightspeed`,us=()=>`En Lightspeed`,ds=((e={},t={})=>(t.locale??y())===`es`?us(e):ls(e)),fs=()=>`An order is exported once. Later changes are made in both places.`,ps=()=>`Un pedido se exporta una sola vez. Los cambios posteriores se hacen en ambos sitios.`,ms=((e={},t={})=>(t.locale??y())===`es`?ps(e):fs(e)),hs=e=>`Payment recorded: ${e?.amount}`,gs=e=>`Pago registrado: ${e?.amount}`,_s=((e,t={})=>(t.locale??y())===`es`?gs(e):hs(e)),vs=()=>`Placed on the website`,ys=()=>`Hecho en el sitio web`,bs=((e={},t={})=>(t.locale??y())===`es`?ys(e):vs(e)),xs=()=>`Ready to export`,Ss=()=>`Listo para exportar`,Cs=((e={},t={})=>(t.locale??y())===`es`?Ss(e):xs(e)),ws=()=>`From here, from the list, or automatic once everything is handed over.`,Ts=()=>`Desde aquí, desde la lista, o automática cuando todo esté entregado.`,Es=((e={},t={})=>(t.locale??y())===`es`?Ts(e):ws(e)),Ds=e=>`Given back: ${e?.amount}`,Os=e=>`Devuelto: ${e?.amount}`,ks=((e,t={})=>(t.locale??y())===`es`?Os(e):Ds(e)),As=()=>`Refunded in Lightspeed too`,js=()=>`Reembolsado también en Lightspeed`,Ms=((e={},t={})=>(t.locale??y())===`es`?js(e):As(e)),Ns=e=>`Sale ${e?.id}, ${e?.total}`,Ps=e=>`Venta ${e?.id}, ${e?.total}`,Fs=((e,t={})=>(t.locale??y())===`es`?Ps(e):Ns(e)),Is=e=>`ticket ${e?.number}`,Ls=e=>`ticket ${e?.number}`,Rs=((e,t={})=>(t.locale??y())===`es`?Ls(e):Is(e)),zs=()=>`Enter a number of units.`,Bs=()=>`Escribe un número de unidades.`,Vs=((e={},t={})=>(t.locale??y())===`es`?Bs(e):zs(e)),Y=e(h(),1),X=c();function Hs({product:e,onClose:t}){let[n,r]=(0,Y.useState)(e.mpn||(e.name.split(` `).slice(0,2).join(` `)??``)),[a,o]=i({query:De,variables:{search:n},pause:n===``}),c=b(ke),l=b(Ee),u=async n=>{let{ok:r,data:i,userErrors:a}=await c.run({item:n,product:e.id});if(a[0]&&O(a[0].message),!r)return;let o=i?.linkItem.decision?.id;D(Oe({name:e.name}),o?{label:Ce(),run:()=>void l.run({id:o})}:void 0),t()};return(0,X.jsxs)(R,{title:Pr({name:e.name}),open:!0,onClose:t,acts:(0,X.jsx)(s,{onClick:t,children:A()}),children:[(0,X.jsx)(`p`,{children:Or()}),(0,X.jsx)(`div`,{className:`fields`,children:(0,X.jsx)(we,{label:xe(),value:n,onChange:r,autoFocus:!0})}),(0,X.jsx)(m,{result:a,again:o,rows:3,children:({posItems:e})=>(0,X.jsxs)(`ul`,{className:`found`,children:[e.edges.map(({node:e})=>(0,X.jsxs)(`li`,{children:[(0,X.jsxs)(`span`,{children:[(0,X.jsx)(`bdi`,{children:e.description}),(0,X.jsxs)(`span`,{className:`muted block small`,children:[[z({id:e.lightspeedItemId}),e.brand,e.manufacturerSku,e.upc].filter(Boolean).join(` · `),e.product&&` · ${jr({name:e.product.name})}`]})]}),(0,X.jsxs)(s,{small:!0,busy:c.busy,onClick:()=>void u(e.id),children:[Te(),(0,X.jsxs)(`span`,{className:`sr`,children:[` `,e.description]})]})]},e.id)),e.edges.length===0&&(0,X.jsx)(`li`,{className:`muted`,children:Ae()})]})})]})}g(`
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
`);var Us=g(`
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
`),Ws=g(`
  subscription ExportOfOrder($id: ID!) {
    orderExportChanged(orderId: $id) {
      sequence
      state
      at
    }
  }
`),Gs=g(`
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
`),Ks=g(`
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
`),qs=g(`
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
`),Js=g(`
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
`),Ys=g(`
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
`),Xs=g(`
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
`),Zs=g(`
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
`),Qs=g(`
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
`),$s=g(`
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
`),ec=g(`
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
`),tc=g(`
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
`);function Z(e,t=[]){let n=b(e),[r,i]=(0,Y.useState)({});return{run:async(e,r)=>{let{ok:a,userErrors:o}=await n.run({input:e});i(Me(o));let s=o.filter(e=>!t.some(t=>e.field.includes(t)));return s[0]&&O(s[0].message),a&&r&&D(r),a},busy:n.busy,errorOf:e=>Object.entries(r).find(([t])=>t===e||t.endsWith(`.${e}`))?.[1]}}var nc=[`kind`,`productId`,`description`,`quantity`,`unitPrice`,`discount`,`tax`];function Q({order:e,line:t,onClose:n}){let r=Z(Js,nc),i=Z(Ys,nc),a=t?i:r,[o,c]=(0,Y.useState)(I),[l,u]=(0,Y.useState)({kind:t?.kind??`PRODUCT`,product:void 0,description:``,quantity:t?P(t.quantity,0):`1`,unitPrice:``,discount:`0`,tax:`0`}),d=e=>{u(t=>({...t,...e})),c(I())},f=l.kind===`FEE`?rc(l.unitPrice):N(l.unitPrice,6),p=N(l.quantity,6),m=f!==void 0&&p!==void 0&&(l.kind===`PRODUCT`?l.product!==void 0:l.description.trim()!==``),h=async()=>{let a={kind:l.kind,productId:l.kind===`PRODUCT`?l.product?.id:void 0,description:l.description||void 0,quantity:p??`1`,unitPrice:f??`0`,discount:N(l.discount)??`0`,tax:N(l.tax)??`0`},s={orderId:e.id,line:a,expectedRevision:e.revision,clientMutationKey:o};(t?await i.run({...s,lineId:t.id},gr()):await r.run(s,pr()))&&n()};return(0,X.jsxs)(R,{title:t?An({name:t.description}):G(),open:!0,onClose:n,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(s,{onClick:n,children:A()}),(0,X.jsx)(s,{look:`primary`,busy:a.busy,disabled:!m,onClick:()=>void h(),children:t?K():G()})]}),children:[e.exportState===`EXPORTED`&&(0,X.jsx)(`p`,{children:gn()}),(0,X.jsxs)(`div`,{className:`fields`,children:[(0,X.jsx)(C,{label:In(),value:l.kind,onChange:e=>e&&d({kind:e}),choices:[{value:`PRODUCT`,label:U()},{value:`SHIPPING`,label:W()},{value:`FEE`,label:tn()},{value:`GIFT_CARD`,label:H()}]}),l.kind===`PRODUCT`?(0,X.jsx)(je,{chosen:l.product,onChoose:e=>d({product:e,...e&&{unitPrice:P(e.effectivePrice.price.amount)}}),error:a.errorOf(`productId`)}):(0,X.jsx)(x,{label:yn(),value:l.description,maxLength:500,onChange:e=>d({description:e}),error:a.errorOf(`description`)}),(0,X.jsxs)(`div`,{className:`fields pair`,children:[(0,X.jsx)(x,{label:q(),inputMode:`numeric`,value:l.quantity,onChange:e=>d({quantity:e}),error:p?a.errorOf(`quantity`):Vs()}),(0,X.jsx)(x,{label:zn(),inputMode:`decimal`,value:l.unitPrice,onChange:e=>d({unitPrice:e}),error:f!==void 0||!l.unitPrice?a.errorOf(`unitPrice`):V()}),(0,X.jsx)(x,{label:Sn(),inputMode:`decimal`,value:l.discount,onChange:e=>d({discount:e}),error:N(l.discount)?a.errorOf(`discount`):V()}),(0,X.jsx)(x,{label:sr(),inputMode:`decimal`,value:l.tax,onChange:e=>d({tax:e}),error:N(l.tax)?a.errorOf(`tax`):V()})]})]})]})}function rc(e){let t=e.trim().replace(`−`,`-`),n=N(t.replace(/^-/,``),6);return n&&t.startsWith(`-`)?`-${n}`:n}var ic={AUTHORISED:{tone:`warn`,words:ia},CAPTURED:{tone:`ok`,words:sa},VOIDED:{tone:`plain`,words:Oa}},$=e=>j([e.amount.amount,F(e.refunded.amount)]);function ac({order:e}){let[t,n]=(0,Y.useState)(),i=L(),a=M(e.balanceDue.amount);return(0,X.jsxs)(_,{title:Ti(),flush:!0,children:[(0,X.jsxs)(`table`,{className:`list pays`,children:[(0,X.jsx)(`thead`,{children:(0,X.jsxs)(`tr`,{children:[(0,X.jsx)(`th`,{children:ga()}),(0,X.jsx)(`th`,{children:Ta()}),(0,X.jsx)(`th`,{children:ja()}),(0,X.jsx)(`th`,{className:`num`,children:ta()}),i&&(0,X.jsx)(`th`,{children:(0,X.jsx)(`span`,{className:`sr`,children:Fe()})})]})}),(0,X.jsxs)(`tbody`,{children:[e.payments.map(e=>(0,X.jsxs)(`tr`,{children:[(0,X.jsxs)(`td`,{className:`two wrap`,children:[(0,X.jsx)(`bdi`,{children:e.method}),(e.note||e.recordedBy)&&(0,X.jsx)(`div`,{className:`muted`,children:[e.note,e.recordedBy].filter(Boolean).join(` · `)})]}),(0,X.jsx)(`td`,{children:(0,X.jsx)(T,{tone:ic[e.state].tone,children:ic[e.state].words()})}),(0,X.jsx)(`td`,{className:`muted`,children:e.capturedAt?(0,X.jsx)(r,{at:e.capturedAt}):`–`}),(0,X.jsx)(`td`,{className:`num tot`,children:v(e.amount)}),i&&(0,X.jsx)(`td`,{className:`act`,children:e.state===`CAPTURED`&&M($(e))>0&&(0,X.jsxs)(s,{look:`quiet`,small:!0,onClick:()=>n(e),children:[Ka(),(0,X.jsxs)(`span`,{className:`sr`,children:[` `,e.method,` `,v(e.amount)]})]})})]},e.id)),e.refunds.map(e=>(0,X.jsxs)(`tr`,{children:[(0,X.jsxs)(`td`,{className:`two wrap`,children:[Vo({method:e.payment?.method??Wo()}),(e.reason||e.refundedBy)&&(0,X.jsx)(`div`,{className:`muted`,children:[e.reason,e.refundedBy].filter(Boolean).join(` · `)})]}),(0,X.jsx)(`td`,{children:e.afterExport&&!e.doneInLightspeedAt?(0,X.jsx)(T,{tone:`warn`,children:re()}):(0,X.jsx)(T,{tone:`plain`,icon:`undo`,children:to()})}),(0,X.jsx)(`td`,{className:`muted`,children:(0,X.jsx)(r,{at:e.refundedAt})}),(0,X.jsxs)(`td`,{className:`num tot`,children:[`−`,v(e.amount)]}),i&&(0,X.jsx)(`td`,{className:`only-d`})]},e.id)),e.payments.length===0&&(0,X.jsx)(`tr`,{children:(0,X.jsx)(`td`,{className:`muted`,colSpan:i?5:4,children:ya()})})]}),(0,X.jsxs)(`tfoot`,{children:[(0,X.jsxs)(`tr`,{children:[(0,X.jsx)(`td`,{colSpan:3,children:ua()}),(0,X.jsx)(`td`,{className:`num`,children:v(e.capturedTotal)}),i&&(0,X.jsx)(`td`,{className:`only-d`})]}),(0,X.jsxs)(`tr`,{className:`sum`,children:[(0,X.jsx)(`td`,{colSpan:3,children:a<0?Sa():pa()}),(0,X.jsx)(`td`,{className:a===0?`num`:`num t-warn`,children:v(a<0?{...e.balanceDue,amount:F(e.balanceDue.amount)}:e.balanceDue)}),i&&(0,X.jsx)(`td`,{className:`only-d`})]})]})]}),t&&(0,X.jsx)(oc,{order:e,payment:t,onClose:()=>n(void 0)})]})}function oc({order:e,payment:t,amount:n,onClose:r}){let i=Z(Zs,[`amount`,`reason`]),[a,o]=(0,Y.useState)(P(n??$(t))),[c,l]=(0,Y.useState)(``),[u,d]=(0,Y.useState)(I),f=N(a),p=async()=>{await i.run({orderId:e.id,paymentId:t.id,amount:f,reason:c||void 0,expectedRevision:e.revision,clientMutationKey:u},ko())&&r()};return(0,X.jsxs)(R,{title:Ro({method:t.method}),open:!0,onClose:r,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(s,{onClick:r,children:A()}),(0,X.jsx)(s,{look:`primary`,busy:i.busy,disabled:!f,onClick:()=>void p(),children:Eo()})]}),children:[(0,X.jsx)(`p`,{children:mo()}),e.exportState===`EXPORTED`&&(0,X.jsx)(`p`,{children:_o()}),(0,X.jsxs)(`div`,{className:`fields`,children:[(0,X.jsx)(x,{label:uo(),hint:bo({amount:v({...t.amount,amount:$(t)})}),inputMode:`decimal`,value:a,onChange:e=>{o(e),d(I())},error:f?i.errorOf(`amount`):V()}),(0,X.jsx)(x,{label:Co(),value:c,maxLength:500,onChange:e=>{l(e),d(I())},error:i.errorOf(`reason`)})]})]})}function sc({order:e,line:t,onClose:n}){let r=Z(Xs),i=e.lines.filter(e=>!e.removed),[a,o]=(0,Y.useState)(t?.id??``),c=async()=>{await r.run({orderId:e.id,lineId:a,expectedRevision:e.revision},yr())&&n()};return(0,X.jsxs)(R,{title:J(),open:!0,onClose:n,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(s,{autoFocus:!0,onClick:n,children:A()}),(0,X.jsx)(s,{look:`danger`,busy:r.busy,disabled:!a,onClick:()=>void c(),children:J()})]}),children:[(0,X.jsx)(`p`,{children:e.exportState===`EXPORTED`?Yn():Qn()}),t?(0,X.jsxs)(`p`,{children:[(0,X.jsx)(`b`,{children:(0,X.jsx)(`bdi`,{children:t.description})}),` `,`· `,v(t.total)]}):(0,X.jsx)(S,{label:Sr(),value:a,saved:a,plain:!0,onChange:o,choices:i.map(e=>({value:e.id,label:e.description,hint:v(e.total)}))})]})}function cc({order:e}){let t=e.exportBlockers;return t.length===0?null:(0,X.jsx)(_,{title:Qr({count:t.length,n:ee(t.length)}),aside:(0,X.jsx)(`span`,{className:`muted small only-d`,children:ti()}),children:t.map(t=>(0,X.jsxs)(`div`,{className:`blk`,children:[(0,X.jsx)(l,{name:_e[t.code]??`warn`}),(0,X.jsx)(`span`,{className:`t`,children:t.message}),(0,X.jsx)(`p`,{children:t.advice}),(0,X.jsx)(E,{children:(0,X.jsx)(lc,{order:e,blocker:t})})]},t.code))})}function lc({order:e,blocker:n}){let[r,i]=(0,Y.useState)(!1),a=Z(tc),o=he(n.code);if(o)return(0,X.jsx)(t,{to:o,className:`btn`,children:ue(o)});let c=()=>i(!1),l=e=>(0,X.jsx)(s,{onClick:()=>i(!0),children:e});switch(n.code){case`BALANCE_DUE`:return(0,X.jsx)(uc,{order:e});case`OVERPAID`:{let t=e.payments.find(e=>e.state===`CAPTURED`);return t?(0,X.jsxs)(X.Fragment,{children:[l(Ya({amount:v({...e.balanceDue,amount:F(e.balanceDue.amount)})})),r&&(0,X.jsx)(oc,{order:e,payment:t,amount:F(e.balanceDue.amount),onClose:c})]}):null}case`UNLINKED_PRODUCT`:return(0,X.jsx)(dc,{order:e});case`REFUNDED`:case`NEGATIVE_TOTAL`:case`TOO_MANY_LINES`:return(0,X.jsxs)(X.Fragment,{children:[l(J()),r&&(0,X.jsx)(sc,{order:e,onClose:c})]});case`NO_LINES`:case`TOTAL_MISMATCH`:return(0,X.jsxs)(X.Fragment,{children:[l(G()),r&&(0,X.jsx)(Q,{order:e,onClose:c})]});case`FRACTIONAL_QUANTITY`:{let t=e.lines.find(e=>!e.removed&&!/^\d+(\.0*)?$/.test(e.quantity));return t&&(0,X.jsxs)(X.Fragment,{children:[l(K()),r&&(0,X.jsx)(Q,{order:e,line:t,onClose:c})]})}case`ORDER_REFUSED`:return e.export&&(0,X.jsx)(s,{icon:`refresh`,busy:a.busy,onClick:()=>void a.run({orderId:e.id},Pi()),children:Li()});default:return null}}function uc({order:e}){let t=Z(Gs,[`amount`,`note`]),[n,r]=(0,Y.useState)(),[i,a]=(0,Y.useState)(``),[o,c]=(0,Y.useState)(I),l=n??P(e.balanceDue.amount),u=N(l);if(M(e.balanceDue.amount)<=0)return null;let d=async()=>{await t.run({orderId:e.id,amount:u,note:i||void 0,expectedRevision:e.revision,clientMutationKey:o},Ua())&&(r(void 0),a(``),c(I()))};return(0,X.jsxs)(`form`,{className:`inline`,onSubmit:e=>{e.preventDefault(),u&&d()},children:[(0,X.jsx)(x,{label:Pa(),inputMode:`decimal`,value:l,onChange:e=>{r(e),c(I())},error:u?t.errorOf(`amount`):V()}),(0,X.jsx)(x,{label:La(),value:i,onChange:a,maxLength:500,error:t.errorOf(`note`)}),(0,X.jsx)(s,{type:`submit`,look:`primary`,busy:t.busy,disabled:!u,children:Ba()})]})}function dc({order:e}){let[t,n]=(0,Y.useState)(!1),r=e.lines.find(e=>!e.removed&&e.kind===`PRODUCT`&&e.product&&!e.product.posItem);return r?.product?(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(s,{icon:`search`,onClick:()=>n(!0),children:Tr()}),t&&(0,X.jsx)(Hs,{product:r.product,onClose:()=>n(!1)})]}):null}var fc=e=>[e.line1,e.line2,[e.city,e.region,e.zip].filter(Boolean).join(` `),e.country].filter(Boolean);function pc({order:e}){let t=e.customer,n=[[Ye(),de({...t,company:``,email:``})],[Ue(),t.company],[Ke(),t.email],[tt(),t.phone],[Be(),fc(t.address).join(`, `)],[it(),e.shippingAddress?fc(e.shippingAddress).join(`, `):``],[Qe(),e.note]].filter(([,e])=>e);return(0,X.jsx)(_,{title:pe(),aside:e.export?.customerUrl&&(0,X.jsx)(f,{href:e.export.customerUrl,className:`small`,children:`Lightspeed`}),children:n.length>0?(0,X.jsx)(`dl`,{className:`kv`,children:n.map(([e,t])=>(0,X.jsxs)(`div`,{className:`contents`,children:[(0,X.jsx)(`dt`,{children:e}),(0,X.jsx)(`dd`,{className:`any`,children:(0,X.jsx)(`bdi`,{children:t})})]},e))}):(0,X.jsx)(`p`,{className:`muted`,children:st()})})}function mc({order:e,locations:t,onClose:n}){let r=Z(Ks,[`locationId`,`lines`]),i=Z(qs,[`lines`]),[a,o]=(0,Y.useState)(`STORE`),[c,l]=(0,Y.useState)(e.pickupLocation?.id??``),u=e.lines.filter(e=>!e.removed&&e.kind===`PRODUCT`).map(e=>({...e,left:P(j([e.quantity,F(e.fulfilledQuantity)]),0)})).filter(e=>/[1-9]/.test(e.left)),[d,f]=(0,Y.useState)({}),p=u.map(e=>({...e,typed:d[e.id]??e.left})),m=p.filter(e=>e.typed.trim()!==``&&e.typed.trim()!==`0`),h=m.some(e=>N(e.typed,6)===void 0),g=a===`STORE`?r:i,_=async()=>{let t=m.map(e=>({lineId:e.id,quantity:N(e.typed,6)})),o={orderId:e.id,lines:t,expectedRevision:e.revision};(a===`STORE`?await r.run({...o,locationId:c||void 0},pt()):await i.run(o,pt()))&&n()};return(0,X.jsxs)(R,{title:Lt(),open:!0,onClose:n,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(s,{onClick:n,children:A()}),(0,X.jsx)(s,{look:`primary`,busy:g.busy,disabled:h||m.length===0||a===`STORE`&&!c,onClick:()=>void _(),children:St()})]}),children:[(0,X.jsx)(S,{label:Bt(),value:a,saved:`STORE`,plain:!0,onChange:o,choices:[{value:`STORE`,label:Tt(),hint:Ot()},{value:`SUPPLIER`,label:jt(),hint:Pt()}]}),(0,X.jsxs)(`div`,{className:`fields`,children:[a===`STORE`&&(0,X.jsx)(C,{label:yt(),value:c,onChange:l,error:r.errorOf(`locationId`),choices:t.map(e=>({value:e.id,label:e.name}))}),p.map(e=>(0,X.jsx)(x,{label:(0,X.jsx)(`bdi`,{children:e.description}),hint:gt({n:e.left}),inputMode:`numeric`,value:e.typed,onChange:t=>f(n=>({...n,[e.id]:t})),error:e.typed.trim()!==``&&N(e.typed,6)===void 0?Vs():g.errorOf(`quantity`)},e.id))]})]})}var hc={PRODUCT:U,SHIPPING:W,FEE:tn,GIFT_CARD:H};function gc({order:e,locations:t}){let[n,r]=(0,Y.useState)(),[i,a]=(0,Y.useState)(),[c,l]=(0,Y.useState)(),u=L(),d=()=>r(void 0),f=e.lines.some(e=>!e.removed&&e.kind===`PRODUCT`&&e.quantity!==e.fulfilledQuantity);return(0,X.jsxs)(_,{title:si(),flush:!0,aside:(0,X.jsx)(E,{children:(0,X.jsxs)(`span`,{className:`acts`,children:[f&&!e.fulfilled&&(0,X.jsx)(s,{look:`quiet`,onClick:()=>r(`fulfil`),children:ut()}),(0,X.jsx)(s,{look:`quiet`,onClick:()=>r(`add`),children:G()})]})}),children:[(0,X.jsxs)(`table`,{className:`list lines`,children:[(0,X.jsx)(`thead`,{children:(0,X.jsxs)(`tr`,{children:[(0,X.jsx)(`th`,{children:Hn()}),(0,X.jsx)(`th`,{className:`num`,children:q()}),(0,X.jsx)(`th`,{className:`num`,children:ne()}),(0,X.jsx)(`th`,{children:Nn()}),u&&(0,X.jsx)(`th`,{children:(0,X.jsx)(`span`,{className:`sr`,children:Fe()})})]})}),(0,X.jsx)(`tbody`,{children:e.lines.map(e=>(0,X.jsxs)(`tr`,{className:e.removed?`gone`:void 0,children:[(0,X.jsxs)(`td`,{className:`two wrap`,children:[(0,X.jsx)(`bdi`,{children:e.removed?(0,X.jsx)(`del`,{className:`muted`,children:e.description}):e.description}),(0,X.jsxs)(`div`,{className:`muted`,children:[e.kind===`PRODUCT`?e.product?.mpn||e.productKey:hc[e.kind](),e.product?.posItem&&` · ${z({id:e.product.posItem.lightspeedItemId})}`,e.addedBy&&` · ${pn({who:e.addedBy})}`]}),e.removed?(0,X.jsx)(T,{tone:`plain`,icon:`minus`,children:ir()}):e.kind===`PRODUCT`&&!e.product?.posItem&&(0,X.jsx)(T,{tone:`warn`,icon:`unlinked`,children:oe()})]}),(0,X.jsxs)(`td`,{className:`num qty`,children:[o(e.quantity),` × `,v(e.unitPrice)]}),(0,X.jsxs)(`td`,{className:`num tot`,children:[e.removed?(0,X.jsx)(`del`,{className:`muted`,children:v(e.total)}):v(e.total),M(e.discount.amount)!==0&&(0,X.jsx)(`div`,{className:`muted small`,children:Tn({amount:v(e.discount)})}),M(e.tax.amount)!==0&&(0,X.jsx)(`div`,{className:`muted small`,children:ur({amount:v(e.tax)})})]}),(0,X.jsx)(`td`,{className:`ho`,children:(0,X.jsx)(_c,{line:e})}),u&&(0,X.jsx)(`td`,{className:`act full`,children:!e.removed&&(0,X.jsxs)(`span`,{className:`acts pile`,children:[(0,X.jsxs)(s,{look:`quiet`,small:!0,onClick:()=>a(e),children:[K(),(0,X.jsxs)(`span`,{className:`sr`,children:[` `,e.description]})]}),(0,X.jsxs)(s,{look:`quiet`,small:!0,onClick:()=>l(e),children:[tr(),(0,X.jsxs)(`span`,{className:`sr`,children:[` `,e.description]})]})]})})]},e.id))}),(0,X.jsx)(`tfoot`,{children:(0,X.jsxs)(`tr`,{className:`sum`,children:[(0,X.jsx)(`td`,{colSpan:2,children:e.pricesIncludeTax?Yi():Qi()}),(0,X.jsx)(`td`,{className:`num`,children:v(e.total)}),(0,X.jsx)(`td`,{className:`only-d`,colSpan:u?2:1})]})})]}),n===`fulfil`&&(0,X.jsx)(mc,{order:e,locations:t,onClose:d}),n===`add`&&(0,X.jsx)(Q,{order:e,onClose:d}),i&&(0,X.jsx)(Q,{order:e,line:i,onClose:()=>a(void 0)}),c&&(0,X.jsx)(sc,{order:e,line:c,onClose:()=>l(void 0)})]})}function _c({line:e}){return e.kind!==`PRODUCT`||e.removed?(0,X.jsx)(`span`,{className:`muted only-d`,children:`–`}):e.fulfillments.length===0?(0,X.jsx)(T,{tone:`plain`,icon:`clock`,children:Ut()}):(0,X.jsx)(`span`,{className:`tags`,children:e.fulfillments.map(t=>{let n=t.by===`SUPPLIER`?Qt():t.location?.name??Yt();return(0,X.jsx)(T,{tone:`ok`,icon:t.by===`SUPPLIER`?`truck`:`check`,children:t.quantity===e.quantity?n:Kt({who:n,n:o(t.quantity),of:o(e.quantity)})},`${t.by}${t.location?.id}`)})})}function vc({order:e}){let t=Z($s),n=e.notices.filter(e=>e.code!==`REFUND_IN_LIGHTSPEED`);return n.length===0?null:(0,X.jsx)(_,{title:yi(),aside:(0,X.jsx)(T,{tone:`warn`,children:ee(n.length)}),children:n.map(n=>(0,X.jsxs)(`div`,{className:`blk`,children:[(0,X.jsx)(l,{name:`warn`}),(0,X.jsx)(`span`,{className:`t`,children:n.message}),(0,X.jsx)(E,{children:(0,X.jsx)(s,{busy:t.busy,onClick:()=>void t.run({orderId:e.id,code:n.code,expectedRevision:e.revision},Br()),children:Lr()})})]},n.code))})}function yc({order:e}){return e.refunds.filter(e=>e.afterExport&&!e.doneInLightspeedAt).map(t=>(0,X.jsx)(bc,{order:e,refund:t},t.id))}function bc({order:e,refund:t}){let n=Z(Qs),i=e.export?.lightspeedSaleId??``,a=v(t.amount);return(0,X.jsxs)(_,{title:Qa({amount:a}),aside:(0,X.jsx)(T,{tone:`warn`,icon:`clock`,children:io()}),children:[(0,X.jsx)(`p`,{className:`muted`,children:Xo()}),(0,X.jsxs)(`ol`,{className:`todo`,children:[(0,X.jsxs)(`li`,{className:`done`,children:[(0,X.jsx)(`span`,{className:`dot`,children:(0,X.jsx)(l,{name:`check`})}),(0,X.jsxs)(`div`,{children:[(0,X.jsx)(`div`,{className:`t`,children:so()}),(0,X.jsxs)(`p`,{children:[a,` · `,t.payment?.method??Wo(),` · `,(0,X.jsx)(r,{at:t.refundedAt}),t.refundedBy&&` · ${t.refundedBy}`,t.reason&&(0,X.jsxs)(X.Fragment,{children:[` `,`· `,(0,X.jsx)(`q`,{children:t.reason})]})]})]})]}),(0,X.jsxs)(`li`,{className:`now`,children:[(0,X.jsx)(`span`,{className:`dot`,children:`2`}),(0,X.jsxs)(`div`,{children:[(0,X.jsx)(`div`,{className:`t`,children:Mo()}),(0,X.jsx)(`p`,{children:Fo({sale:i,amount:a,method:t.payment?.method??``})})]}),(0,X.jsxs)(`div`,{className:`acts`,children:[e.export?.saleUrl&&(0,X.jsx)(f,{href:e.export.saleUrl,className:`btn`,children:Si({id:i})}),(0,X.jsx)(E,{children:(0,X.jsx)(s,{look:`primary`,busy:n.busy,onClick:()=>void n.run({orderId:e.id,refundId:t.id},qo()),children:be()})})]})]})]})]})}function xc(e){let t=e.export,n=[];for(let t of e.refunds)t.doneInLightspeedAt&&n.push({id:`${t.id}done`,at:t.doneInLightspeedAt,tone:`ok`,icon:`check`,title:Ms(),text:t.doneInLightspeedBy}),n.push({id:t.id,at:t.refundedAt,icon:`undo`,title:ks({amount:v(t.amount)}),text:t.reason});for(let t of e.payments)t.offline&&t.capturedAt&&n.push({id:t.id,at:t.capturedAt,icon:`card`,title:_s({amount:v(t.amount)}),text:t.recordedBy});let r=e.lines.flatMap(e=>e.fulfilledAt?[e.fulfilledAt]:[]).sort();if(r.length>0&&e.fulfilled&&n.push({id:`handed`,at:r.at(-1),icon:`truck`,title:te()}),t&&(t.state===`EXPORTED`&&n.push({id:`sale`,at:t.exportedAt??void 0,tone:`ok`,icon:`check`,title:ds(),text:(0,X.jsxs)(X.Fragment,{children:[Fs({id:t.lightspeedSaleId??``,total:t.saleTotal?v(t.saleTotal):``}),t.ticketNumber&&` · ${Rs({number:t.ticketNumber})}`]})}),n.push({id:`asked`,at:t.requestedAt,icon:`export`,title:$o(),text:t.requestedBy?cs({who:t.requestedBy}):as()})),n.push({id:`placed`,at:e.placedAt,icon:`info`,title:bs()}),n.sort((e,t)=>(t.at??``).localeCompare(e.at??``)),t&&t.state!==`EXPORTED`&&n.unshift({id:`now`,tone:t.state===`FAILED`?`bad`:t.state===`BLOCKED`?`warn`:`busy`,icon:t.state===`FAILED`?`bad`:t.state===`BLOCKED`?`pause`:`clock`,title:fe[t.state](),text:(0,X.jsxs)(X.Fragment,{children:[t.reason?.message,!t.reason&&t.queuePlace!=null&&ce({n:t.queuePlace}),!t.reason&&t.expectedSeconds!=null&&` · ${se({time:a(t.expectedSeconds)})}`,t.attempts>1&&` ${ns({n:t.attempts})}`]})}),!t){let t=e.exportBlockers.length;n.unshift(t>0?{id:`now`,tone:`warn`,icon:`pause`,title:ae(),text:e.exportBlockers[0]?.message}:{id:`now`,icon:`export`,title:Cs(),text:Es()})}return n}function Sc({order:e}){return(0,X.jsxs)(_,{title:ii(),aside:e.export?.saleUrl&&(0,X.jsx)(f,{href:e.export.saleUrl,className:`small`,children:ie({id:e.export.lightspeedSaleId??``})}),children:[(0,X.jsx)(`ol`,{className:`tl`,children:xc(e).map(e=>(0,X.jsxs)(`li`,{className:e.tone,children:[(0,X.jsx)(`span`,{className:`dot`,children:(0,X.jsx)(l,{name:e.icon})}),(0,X.jsx)(`span`,{className:`t`,children:e.title}),(0,X.jsx)(`span`,{className:`w`,children:e.at&&(0,X.jsx)(r,{at:e.at})}),e.text&&(0,X.jsx)(`span`,{className:`d`,children:e.text})]},e.id))}),e.exportState===`EXPORTED`&&(0,X.jsx)(`p`,{className:`muted small gap`,children:ms()})]})}function Cc(){let{key:e=``}=n({strict:!1}),[t,r]=i({query:Us,variables:{key:e}}),a=t.data?.order?.id,[{data:o}]=d({query:Ws,variables:{id:a??``},pause:!a}),s=o?.orderExportChanged.sequence;return(0,Y.useEffect)(()=>{s!==void 0&&r({requestPolicy:`network-only`})},[s,r]),(0,X.jsx)(m,{result:t,again:r,rows:8,children:t=>t.order?(0,X.jsx)(Tc,{order:t.order,data:t},t.order.id):(0,X.jsx)(wc,{number:e})})}function wc({number:e}){return(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(p,{title:ui(),crumb:(0,X.jsx)(t,{to:`/orders`,children:k()})}),(0,X.jsx)(_,{title:ui(),children:(0,X.jsx)(u,{icon:`search`,title:pi({key:e}),act:(0,X.jsx)(t,{to:`/orders`,search:{view:`all`},className:`btn`,children:k()})})})]})}function Tc({order:e,data:n}){let{tone:i,words:a}=ve(e),o=de(e.customer)||me();return(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(p,{crumb:(0,X.jsx)(t,{to:`/orders`,children:k()}),title:Ki({number:e.number}),pill:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(w,{tone:i,children:a}),e.refunds.some(e=>e.afterExport&&!e.doneInLightspeedAt)&&(0,X.jsx)(w,{tone:`warn`,children:re()})]}),lead:(0,X.jsxs)(X.Fragment,{children:[ji(),` `,(0,X.jsx)(r,{at:e.placedAt}),` · `,(0,X.jsx)(`bdi`,{children:o}),` ·`,` `,e.pickupLocation?Oi({store:e.pickupLocation.name}):le(),e.websiteUrl&&(0,X.jsxs)(X.Fragment,{children:[` · `,(0,X.jsx)(f,{href:e.websiteUrl,children:Se()})]})]}),acts:(0,X.jsx)(Ec,{order:e,statuses:n.statusTypes})}),(0,X.jsxs)(`div`,{className:`cols`,children:[(0,X.jsxs)(`div`,{className:`stack`,children:[(0,X.jsx)(yc,{order:e}),(0,X.jsx)(vc,{order:e}),(0,X.jsx)(cc,{order:e}),(0,X.jsx)(gc,{order:e,locations:n.locations}),(0,X.jsx)(ac,{order:e})]}),(0,X.jsxs)(`div`,{className:`stack`,children:[(0,X.jsx)(Sc,{order:e}),(0,X.jsx)(pc,{order:e})]})]})]})}function Ec({order:e,statuses:t}){let n=L(),r=b(ge),i=Z(ec),a=Z(tc),o=e.export?.state,c=async t=>{if(!t)return;let{data:n,ok:i}=await r.run({input:{orderIds:[e.id],statusId:t,expectedRevision:e.revision}}),a=n?.changeOrderStatus.results[0]?.userErrors[0]??n?.changeOrderStatus.userErrors[0];a?O(a.message):i&&D(Ui())};return n?(0,X.jsxs)(E,{children:[(0,X.jsx)(C,{label:ye(),hideLabel:!0,none:gi(),value:e.status?.id??``,disabled:r.busy,onChange:e=>void c(e),choices:t.filter(t=>!t.retired||t.id===e.status?.id).map(e=>({value:e.id,label:Bi({name:e.name}),disabled:e.retired}))}),(o===`FAILED`||o===`BLOCKED`||o===`UNCONFIRMED`)&&(0,X.jsx)(s,{look:o===`FAILED`?`primary`:`plain`,icon:`refresh`,busy:a.busy,onClick:()=>void a.run({orderId:e.id},Pi()),children:Li()}),!o&&(0,X.jsx)(s,{look:e.exportBlockers.length>0?`plain`:`primary`,icon:`export`,busy:i.busy,disabled:e.exportBlockers.length>0,title:e.exportBlockers.length>0?Kr():void 0,onClick:()=>void i.run({orderId:e.id},Yr()),children:Ur()})]}):e.status&&(0,X.jsx)(w,{tone:`plain`,children:e.status.name})}export{Cc as Page};