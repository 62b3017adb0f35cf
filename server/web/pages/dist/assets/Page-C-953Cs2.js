import{n as e,o as t,r as n,t as r,x as i}from"./Panel-BSITHXaU.js";import{r as a,t as o}from"./Role-7JL9RIRx.js";import{a as s}from"./Field-CpxI47NP.js";import{n as c}from"./settings-Cyt2L9jI.js";import{T as l,_ as u,g as d,j as f}from"./index-BzrYkd9H.js";import{d as p,o as m}from"./Button-DTpzbii0.js";var h=()=>`The same as the first: round the clock.`,g=()=>`Igual que la primera: todo el día.`,_=((e={},t={})=>(t.locale??m())===`es`?g(e):h(e)),v=()=>`First sync of the day`,y=()=>`Primera sincronización del día`,b=((e={},t={})=>(t.locale??m())===`es`?y(e):v(e)),x=()=>`How often Lightspeed is asked what changed. Every night everything is read once.`,S=()=>`Con qué frecuencia se pregunta a Lightspeed qué ha cambiado. Cada noche se lee todo una vez.`,C=((e={},t={})=>(t.locale??m())===`es`?S(e):x(e)),w=()=>`Minutes from one sync to the next`,T=()=>`Minutos de una sincronización a la siguiente`,E=((e={},t={})=>(t.locale??m())===`es`?T(e):w(e)),D=()=>`Enter a whole number of minutes, 1 to 1440.`,O=()=>`Escribe un número entero de minutos, de 1 a 1440.`,k=((e={},t={})=>(t.locale??m())===`es`?O(e):D(e)),A=()=>`1 to 1440. Most shops have 5 to 30.`,j=()=>`De 1 a 1440. La mayoría usa de 5 a 30.`,ee=((e={},t={})=>(t.locale??m())===`es`?j(e):A(e)),M=()=>`Next sync`,N=()=>`Próxima sincronización`,P=((e={},t={})=>(t.locale??m())===`es`?N(e):M(e)),F=()=>`None while Lightspeed is not connected`,I=()=>`Ninguna mientras Lightspeed no esté conectado`,L=((e={},t={})=>(t.locale??m())===`es`?I(e):F(e)),R=()=>`When to sync`,z=()=>`Cuándo sincronizar`,B=((e={},t={})=>(t.locale??m())===`es`?z(e):R(e)),V=()=>`Last sync of the day`,H=()=>`Última sincronización del día`,U=((e={},t={})=>(t.locale??m())===`es`?H(e):V(e)),W=()=>`The same as the first = round the clock.`,G=()=>`Igual que la primera = todo el día.`,K=((e={},t={})=>(t.locale??m())===`es`?G(e):W(e)),q=e=>`Times are the site’s own: ${e?.zone}.`,J=e=>`Las horas son las del sitio: ${e?.zone}.`,Y=((e,t={})=>(t.locale??m())===`es`?J(e):q(e)),X=p(),Z=n(`
  query SchedulePage {
    syncSchedule {
      revision
      intervalMinutes
      windowStart
      windowEnd
      nextRunAt
    }
  }
`),Q=n(`
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
`);function $(){let n=u(),[p,m]=i({query:Z}),h=a(Q),g=p.data?.syncSchedule,v=c({saved:g&&{intervalMinutes:String(g.intervalMinutes),windowStart:g.windowStart,windowEnd:g.windowEnd},revision:g?.revision??0,setting:`syncSchedule`,reload:()=>m({requestPolicy:`network-only`}),save:(e,t,{expectedRevision:n})=>{let{intervalMinutes:r,...i}=e;return h.run({input:{...i,...r!==void 0&&{intervalMinutes:Number(r)},expectedRevision:n}})}}),y=v.value,x=y&&!/^\d{1,4}$/.test(y.intervalMinutes.trim())?k():void 0,S=y&&y.windowStart===y.windowEnd;return(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(e,{title:f(),lead:C()}),(0,X.jsx)(t,{result:p,again:m,children:()=>y&&(0,X.jsx)(o,{children:(0,X.jsxs)(`div`,{className:`cols`,children:[(0,X.jsx)(r,{title:B(),children:(0,X.jsxs)(`div`,{className:`fields`,children:[(0,X.jsx)(s,{label:E(),hint:ee(),inputMode:`numeric`,value:y.intervalMinutes,onChange:e=>v.set({intervalMinutes:e}),changed:v.changed(`intervalMinutes`),error:x??v.errors.intervalMinutes}),(0,X.jsx)(s,{label:b(),type:`time`,value:y.windowStart,onChange:e=>v.set({windowStart:e}),changed:v.changed(`windowStart`),error:v.errors.windowStart}),(0,X.jsx)(s,{label:U(),hint:S?_():K(),type:`time`,value:y.windowEnd,onChange:e=>v.set({windowEnd:e}),changed:v.changed(`windowEnd`),error:v.errors.windowEnd})]})}),(0,X.jsxs)(r,{title:P(),children:[(0,X.jsx)(`p`,{children:g?.nextRunAt?(0,X.jsx)(d,{at:g.nextRunAt}):L()}),(0,X.jsx)(`p`,{className:`muted small`,children:Y({zone:l(n.timeZone)})})]})]})})}),v.bar({problems:x?1:void 0})]})}export{$ as Page};