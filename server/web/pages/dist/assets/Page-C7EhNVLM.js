import{n as e,o as t,r as n,t as r,x as i}from"./Panel-BSITHXaU.js";import{r as a,t as o}from"./Role-B0GmlsWH.js";import{a as s}from"./Field-CpxI47NP.js";import{n as c}from"./settings-kqnfWUDf.js";import{T as l,_ as u,g as d,j as f}from"./index-D06LnNsL.js";import{d as p,o as m}from"./Button-DTpzbii0.js";var h=()=>`The same as the first: round the clock.`,g=()=>`Igual que la primera: todo el día.`,_=((e={},t={})=>(t.locale??m())===`es`?g(e):h(e)),v=()=>`First sync of the day`,y=()=>`Primera sincronización del día`,b=((e={},t={})=>(t.locale??m())===`es`?y(e):v(e)),x=()=>`Nothing is read by the schedule before it. Sync now works at any time.`,S=()=>`El horario no lee nada antes de ella. Sincronizar ahora funciona en cualquier momento.`,C=((e={},t={})=>(t.locale??m())===`es`?S(e):x(e)),w=()=>`How often Lightspeed is asked what changed. Every night everything is read once.`,T=()=>`Con qué frecuencia se pregunta a Lightspeed qué ha cambiado. Cada noche se lee todo una vez.`,E=((e={},t={})=>(t.locale??m())===`es`?T(e):w(e)),D=()=>`Minutes from one sync to the next`,O=()=>`Minutos de una sincronización a la siguiente`,k=((e={},t={})=>(t.locale??m())===`es`?O(e):D(e)),A=()=>`Enter a whole number of minutes, 1 to 1440.`,j=()=>`Escribe un número entero de minutos, de 1 a 1440.`,M=((e={},t={})=>(t.locale??m())===`es`?j(e):A(e)),N=()=>`1 to 1440. Most shops have 5 to 30.`,P=()=>`De 1 a 1440. La mayoría usa de 5 a 30.`,F=((e={},t={})=>(t.locale??m())===`es`?P(e):N(e)),ee=()=>`Next sync`,I=()=>`Próxima sincronización`,L=((e={},t={})=>(t.locale??m())===`es`?I(e):ee(e)),R=()=>`None while Lightspeed is not connected`,z=()=>`Ninguna mientras Lightspeed no esté conectado`,B=((e={},t={})=>(t.locale??m())===`es`?z(e):R(e)),V=()=>`When to sync`,H=()=>`Cuándo sincronizar`,U=((e={},t={})=>(t.locale??m())===`es`?H(e):V(e)),W=()=>`Last sync of the day`,G=()=>`Última sincronización del día`,K=((e={},t={})=>(t.locale??m())===`es`?G(e):W(e)),q=()=>`The same as the first = round the clock.`,J=()=>`Igual que la primera = todo el día.`,Y=((e={},t={})=>(t.locale??m())===`es`?J(e):q(e)),X=e=>`Times are the site’s own: ${e?.zone}.`,Z=e=>`Las horas son las del sitio: ${e?.zone}.`,Q=((e,t={})=>(t.locale??m())===`es`?Z(e):X(e)),$=p(),te=n(`
  query SchedulePage {
    syncSchedule {
      revision
      intervalMinutes
      windowStart
      windowEnd
      nextRunAt
    }
  }
`),ne=n(`
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
`);function re(){let n=u(),[p,m]=i({query:te}),h=a(ne),g=p.data?.syncSchedule,v=c({saved:g&&{intervalMinutes:String(g.intervalMinutes),windowStart:g.windowStart,windowEnd:g.windowEnd},revision:g?.revision??0,setting:`syncSchedule`,reload:()=>m({requestPolicy:`network-only`}),save:(e,t,{expectedRevision:n})=>{let{intervalMinutes:r,...i}=e;return h.run({input:{...i,...r!==void 0&&{intervalMinutes:Number(r)},expectedRevision:n}})}}),y=v.value,x=y&&!/^\d{1,4}$/.test(y.intervalMinutes.trim())?M():void 0,S=y&&y.windowStart===y.windowEnd;return(0,$.jsxs)($.Fragment,{children:[(0,$.jsx)(e,{title:f(),lead:E()}),(0,$.jsx)(t,{result:p,again:m,children:()=>y&&(0,$.jsx)(o,{children:(0,$.jsxs)(`div`,{className:`cols`,children:[(0,$.jsx)(r,{title:U(),children:(0,$.jsxs)(`div`,{className:`fields`,children:[(0,$.jsx)(s,{label:k(),hint:F(),inputMode:`numeric`,value:y.intervalMinutes,onChange:e=>v.set({intervalMinutes:e}),changed:v.changed(`intervalMinutes`),error:x??v.errors.intervalMinutes}),(0,$.jsx)(s,{label:b(),hint:C(),type:`time`,value:y.windowStart,onChange:e=>v.set({windowStart:e}),changed:v.changed(`windowStart`),error:v.errors.windowStart}),(0,$.jsx)(s,{label:K(),hint:S?_():Y(),type:`time`,value:y.windowEnd,onChange:e=>v.set({windowEnd:e}),changed:v.changed(`windowEnd`),error:v.errors.windowEnd})]})}),(0,$.jsxs)(r,{title:L(),children:[(0,$.jsx)(`p`,{children:g?.nextRunAt?(0,$.jsx)(d,{at:g.nextRunAt}):B()}),(0,$.jsx)(`p`,{className:`muted small`,children:Q({zone:l(n.timeZone)})})]})]})})}),v.bar({problems:x?1:void 0})]})}export{re as Page};