import{d as e,f as t,m as n,o as r,t as i}from"./Button-DTpzbii0.js";import{i as a,n as o,r as s,s as c,t as l}from"./Panel-BSITHXaU.js";import{n as u,r as d}from"./Role-B0GmlsWH.js";import{t as f}from"./Dialog-Bej1GjPS.js";import{t as p}from"./cancel-BD7N08gz.js";import{a as m}from"./Field-CpxI47NP.js";import{o as h,r as g}from"./data-BBnnGekE.js";import{t as _}from"./draft-DuXwKmg5.js";import{G as v,W as y,f as b,p as x}from"./index-D06LnNsL.js";var S=()=>`Dismiss…`,C=()=>`Descartar…`,w=((e={},t={})=>(t.locale??r())===`es`?C(e):S(e)),T=()=>`Its cause stays. It opens again when what it says changes, or when it ends and happens again.`,E=()=>`Su causa sigue ahí. Se abre de nuevo si cambia lo que dice, o si termina y vuelve a ocurrir.`,D=((e={},t={})=>(t.locale??r())===`es`?E(e):T(e)),O=()=>`Dismiss this alert?`,k=()=>`¿Descartar este aviso?`,A=((e={},t={})=>(t.locale??r())===`es`?k(e):O(e)),j=()=>`Why it needs no more attention`,M=()=>`Por qué no necesita más atención`,N=((e={},t={})=>(t.locale??r())===`es`?M(e):j(e)),P=()=>`The alert is dismissed`,F=()=>`El aviso se ha descartado`,I=((e={},t={})=>(t.locale??r())===`es`?F(e):P(e)),L=()=>`What waits for a person, and where it is put right`,R=()=>`Qué espera a una persona y dónde se corrige`,z=((e={},t={})=>(t.locale??r())===`es`?R(e):L(e)),B=()=>`When something stops a sync or an export, it is here, with what to do.`,V=()=>`Si algo detiene una sincronización o una exportación, aparece aquí con lo que hay que hacer.`,H=((e={},t={})=>(t.locale??r())===`es`?V(e):B(e)),U=()=>`Waiting`,W=()=>`Pendientes`,G=((e={},t={})=>(t.locale??r())===`es`?W(e):U(e)),K=n(t(),1),q=e(),J=s(`
  mutation DismissAlert($input: DismissAlertInput!) {
    dismissAlert(input: $input) {
      alert {
        id
        dismissedAt
        dismissedBy
        dismissReason
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);function Y(){let{data:e}=g(),[t,n]=(0,K.useState)(),r=x(e?.alerts);return(0,q.jsxs)(q.Fragment,{children:[(0,q.jsx)(o,{title:v(),lead:z()}),(0,q.jsx)(`div`,{className:`stack`,children:(0,q.jsx)(l,{title:G(),flush:r.length>0,children:e?r.length===0?(0,q.jsx)(a,{title:y(),children:H()}):(0,q.jsx)(`ul`,{children:r.map(e=>(0,q.jsx)(b,{alert:e,act:(0,q.jsx)(u,{children:(0,q.jsx)(i,{look:`quiet`,small:!0,onClick:()=>n(e.id),children:w()})})},e.id))}):(0,q.jsx)(c,{})})}),t&&(0,q.jsx)(X,{id:t,close:()=>n(void 0)})]})}function X({id:e,close:t}){let n=d(J),[r,a]=(0,K.useState)(``),[o,s]=(0,K.useState)({}),c=async()=>{let{ok:i,userErrors:a}=await n.run({input:{alertId:e,reason:r}});i?(h(I()),t()):s(_(a))};return(0,q.jsxs)(f,{open:!0,title:A(),onClose:t,acts:(0,q.jsxs)(q.Fragment,{children:[(0,q.jsx)(i,{onClick:t,children:p()}),(0,q.jsx)(i,{look:`primary`,busy:n.busy,disabled:r.trim()===``,onClick:()=>void c(),children:w()})]}),children:[(0,q.jsx)(`p`,{children:D()}),(0,q.jsx)(`div`,{className:`fields`,children:(0,q.jsx)(m,{label:N(),value:r,onChange:a,maxLength:500,autoFocus:!0,error:o.reason??o.alertId??o[``]})})]})}export{Y as Page};