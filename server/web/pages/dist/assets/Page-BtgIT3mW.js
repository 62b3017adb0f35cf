import{A as e,ft as t,n,o as r,r as i,t as a,w as o}from"./Panel-Bs6JSMci.js";import{r as s,t as c}from"./Role-CZxjv-ss.js";import{a as l}from"./Field-B9HP8HGd.js";import{n as u}from"./settings-A60F4096.js";import{C as d,h as f,k as p,m}from"./index-BfxL8WRn.js";var h=()=>`The same as the first: round the clock.`,g=()=>`Igual que la primera: todo el día.`,_=((e={},t={})=>(t.locale??o())===`es`?g(e):h(e)),v=()=>`First sync of the day`,y=()=>`Primera sincronización del día`,b=((e={},t={})=>(t.locale??o())===`es`?y(e):v(e)),x=()=>`Nothing is read by the schedule before it. Sync now works at any time.`,S=()=>`El horario no lee nada antes de ella. Sincronizar ahora funciona en cualquier momento.`,C=((e={},t={})=>(t.locale??o())===`es`?S(e):x(e)),w=()=>`How often Lightspeed is asked what changed. Every night everything is read once.`,T=()=>`Con qué frecuencia se pregunta a Lightspeed qué ha cambiado. Cada noche se lee todo una vez.`,E=((e={},t={})=>(t.locale??o())===`es`?T(e):w(e)),D=()=>`Minutes from one sync to the next`,O=()=>`Minutos de una sincronización a la siguiente`,k=((e={},t={})=>(t.locale??o())===`es`?O(e):D(e)),A=()=>`Enter a whole number of minutes, 1 to 1440.`,j=()=>`Escribe un número entero de minutos, de 1 a 1440.`,M=((e={},t={})=>(t.locale??o())===`es`?j(e):A(e)),N=()=>`1 to 1440. Most shops have 5 to 30.`,P=()=>`De 1 a 1440. La mayoría usa de 5 a 30.`,F=((e={},t={})=>(t.locale??o())===`es`?P(e):N(e)),ee=()=>`Next sync`,I=()=>`Próxima sincronización`,L=((e={},t={})=>(t.locale??o())===`es`?I(e):ee(e)),R=()=>`None while Lightspeed is not connected`,z=()=>`Ninguna mientras Lightspeed no esté conectado`,B=((e={},t={})=>(t.locale??o())===`es`?z(e):R(e)),V=()=>`When to sync`,H=()=>`Cuándo sincronizar`,U=((e={},t={})=>(t.locale??o())===`es`?H(e):V(e)),W=()=>`Last sync of the day`,G=()=>`Última sincronización del día`,K=((e={},t={})=>(t.locale??o())===`es`?G(e):W(e)),q=()=>`The same as the first = round the clock.`,J=()=>`Igual que la primera = todo el día.`,Y=((e={},t={})=>(t.locale??o())===`es`?J(e):q(e)),X=e=>`Times are the site’s own: ${e?.zone}.`,Z=e=>`Las horas son las del sitio: ${e?.zone}.`,Q=((e,t={})=>(t.locale??o())===`es`?Z(e):X(e)),$=t(),te=i(`
  query SchedulePage {
    syncSchedule {
      revision
      intervalMinutes
      windowStart
      windowEnd
      nextRunAt
    }
  }
`),ne=i(`
  mutation SaveSchedule($input: UpdateSyncScheduleInput!) {
    updateSyncSchedule(input: $input) {
      syncSchedule {
        revision
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);function re(){let t=f(),[i,o]=e({query:te}),h=s(ne),g=i.data?.syncSchedule,v=u({saved:g&&{intervalMinutes:String(g.intervalMinutes),windowStart:g.windowStart,windowEnd:g.windowEnd},revision:g?.revision??0,setting:`syncSchedule`,reload:()=>o({requestPolicy:`network-only`}),save:(e,t,{expectedRevision:n})=>{let{intervalMinutes:r,...i}=e;return h.run({input:{...i,...r!==void 0&&{intervalMinutes:Number(r)},expectedRevision:n}})}}),y=v.value,x=y&&!/^\d{1,4}$/.test(y.intervalMinutes.trim())?M():void 0,S=y&&y.windowStart===y.windowEnd;return(0,$.jsxs)($.Fragment,{children:[(0,$.jsx)(n,{title:p(),lead:E()}),(0,$.jsx)(r,{result:i,again:o,children:()=>y&&(0,$.jsx)(c,{children:(0,$.jsxs)(`div`,{className:`cols`,children:[(0,$.jsx)(a,{title:U(),children:(0,$.jsxs)(`div`,{className:`fields`,children:[(0,$.jsx)(l,{label:k(),hint:F(),inputMode:`numeric`,value:y.intervalMinutes,onChange:e=>v.set({intervalMinutes:e}),changed:v.changed(`intervalMinutes`),error:x??v.errors.intervalMinutes}),(0,$.jsx)(l,{label:b(),hint:C(),type:`time`,value:y.windowStart,onChange:e=>v.set({windowStart:e}),changed:v.changed(`windowStart`),error:v.errors.windowStart}),(0,$.jsx)(l,{label:K(),hint:S?_():Y(),type:`time`,value:y.windowEnd,onChange:e=>v.set({windowEnd:e}),changed:v.changed(`windowEnd`),error:v.errors.windowEnd})]})}),(0,$.jsxs)(a,{title:L(),children:[(0,$.jsx)(`p`,{children:g?.nextRunAt?(0,$.jsx)(m,{at:g.nextRunAt}):B()}),(0,$.jsx)(`p`,{className:`muted small`,children:Q({zone:d(t.timeZone)})})]})]})})}),v.bar({problems:x?1:void 0})]})}export{re as Page};