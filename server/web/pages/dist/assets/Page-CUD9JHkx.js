import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{A as t,f as n,ft as r,i,n as a,o,p as s,pt as c,r as l,t as u,w as d,y as f}from"./Panel-Bs6JSMci.js";import{n as p,r as m,t as ee}from"./Role-CZxjv-ss.js";import{t as h}from"./cancel-kJBfc61O.js";import{a as g}from"./Field-B9HP8HGd.js";import{E as te,W as _}from"./index-BfxL8WRn.js";import{t as ne}from"./saved-pwrhygz6.js";import{t as re}from"./undo-DQNjEOGr.js";import{o as v,s as y}from"./data-BdeIav0m.js";var b=()=>`Save`,x=()=>`Guardar`,S=((e={},t={})=>(t.locale??d())===`es`?x(e):b(e)),C=()=>`Add a status`,w=()=>`Añadir un estado`,T=((e={},t={})=>(t.locale??d())===`es`?w(e):C(e)),E=e=>`${e?.name} was added`,D=e=>`Se ha añadido ${e?.name}`,O=((e,t={})=>(t.locale??d())===`es`?D(e):E(e)),k=e=>`Move ${e?.name} down`,A=e=>`Bajar ${e?.name}`,j=((e,t={})=>(t.locale??d())===`es`?A(e):k(e)),M=e=>`${e?.name} is now number ${e?.place}`,N=e=>`${e?.name} es ahora el número ${e?.place}`,P=((e,t={})=>(t.locale??d())===`es`?N(e):M(e)),F=()=>`Name`,I=()=>`Nombre`,L=((e={},t={})=>(t.locale??d())===`es`?I(e):F(e)),R=()=>`1 to 100 characters, unlike every other status`,z=()=>`De 1 a 100 caracteres, distinto de los demás`,B=((e={},t={})=>(t.locale??d())===`es`?z(e):R(e)),V=()=>`Name of the new status`,H=()=>`Nombre del nuevo estado`,U=((e={},t={})=>(t.locale??d())===`es`?H(e):V(e)),W=()=>`Rename`,G=()=>`Renombrar`,K=((e={},t={})=>(t.locale??d())===`es`?G(e):W(e)),q=()=>`Restore`,ie=()=>`Restaurar`,J=((e={},t={})=>(t.locale??d())===`es`?ie(e):q(e)),Y=()=>`Retire`,ae=()=>`Retirar`,oe=((e={},t={})=>(t.locale??d())===`es`?ae(e):Y(e)),se=e=>`Move ${e?.name} up`,ce=e=>`Subir ${e?.name}`,le=((e,t={})=>(t.locale??d())===`es`?ce(e):se(e)),ue=e=>`${e?.name} was retired`,de=e=>`${e?.name} se ha retirado`,fe=((e,t={})=>(t.locale??d())===`es`?de(e):ue(e)),pe=()=>`The statuses that orders can have on the website`,me=()=>`Los estados que pueden tener los pedidos en el sitio web`,he=((e={},t={})=>(t.locale??d())===`es`?me(e):pe(e)),ge=()=>`No statuses yet`,_e=()=>`Aún no hay estados`,ve=((e={},t={})=>(t.locale??d())===`es`?_e(e):ge(e)),ye=()=>`Add one, such as “Picked up”.`,be=()=>`Añade uno, como «Recogido».`,xe=((e={},t={})=>(t.locale??d())===`es`?be(e):ye(e)),Se=()=>`Statuses, in the order of the lists`,Ce=()=>`Estados, en el orden de las listas`,X=((e={},t={})=>(t.locale??d())===`es`?Ce(e):Se(e)),we=()=>`Retired: orders keep them, but nobody can choose them`,Te=()=>`Retirados: los pedidos los conservan, pero nadie puede elegirlos`,Ee=((e={},t={})=>(t.locale??d())===`es`?Te(e):we(e)),Z=e(c(),1),Q=r(),De=l(`
  query StatusesPage {
    statusTypes {
      id
      name
      retired
    }
  }
`),Oe=l(`
  mutation AddStatus($name: String!) {
    addStatusType(input: { name: $name }) {
      statusType {
        id
        name
        retired
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),$=l(`
  mutation EditStatus($input: EditStatusTypeInput!) {
    editStatusType(input: $input) {
      statusType {
        id
        name
        retired
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),ke=l(`
  mutation ReorderStatuses($ids: [ID!]!) {
    reorderStatusTypes(input: { statusIds: $ids }) {
      statusTypes {
        id
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);function Ae(){let[e,r]=t({query:De}),s=m(ke),c=m($),l=(0,Z.useRef)(null),d=async(e,t,n)=>{let r=e.map(e=>e.id),[i]=r.splice(t,1);if(i===void 0)return;r.splice(t+n,0,i);let{ok:a,userErrors:o}=await s.run({ids:r});o[0]&&y(o[0].message),a&&(_(P({name:e[t]?.name??``,place:f(t+n+1)})),requestAnimationFrame(()=>{let e=(l.current?.querySelector(`[data-id="${i}"]`))?.querySelectorAll(`.move button`);(n<0?[e?.[0],e?.[1]]:[e?.[1],e?.[0]]).find(e=>e&&!e.disabled)?.focus()}))},h=async(e,t)=>{let{ok:n,userErrors:r}=await c.run({input:{statusId:e.id,retired:t}});r[0]&&y(r[0].message),n&&t&&v(fe({name:e.name}),{label:re(),run:()=>void h(e,!1)})};return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(a,{title:te(),lead:he()}),(0,Q.jsx)(ee,{children:(0,Q.jsxs)(`div`,{className:`cols`,children:[(0,Q.jsx)(u,{title:X(),children:(0,Q.jsx)(o,{result:e,again:r,children:({statusTypes:e})=>{let t=e.filter(e=>!e.retired);return(0,Q.jsxs)(Q.Fragment,{children:[t.length===0&&(0,Q.jsx)(i,{icon:`info`,title:ve(),children:xe()}),(0,Q.jsx)(`ul`,{className:`rows`,ref:l,children:t.map((e,n)=>(0,Q.jsx)(je,{status:e,first:n===0,last:n===t.length-1,move:e=>void d(t,n,e),retire:()=>void h(e,!0)},e.id))}),e.length>t.length&&(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(`h3`,{className:`gap`,children:Ee()}),(0,Q.jsx)(`ul`,{className:`rows`,children:e.filter(e=>e.retired).map(e=>(0,Q.jsxs)(`li`,{children:[(0,Q.jsx)(`span`,{className:`muted`,children:e.name}),(0,Q.jsx)(p,{children:(0,Q.jsxs)(n,{small:!0,onClick:()=>void h(e,!1),children:[J(),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,e.name]})]})})]},e.id))})]})]})}})}),(0,Q.jsx)(p,{children:(0,Q.jsx)(Me,{})})]})})]})}function je({status:e,first:t,last:r,move:i,retire:a}){let o=m($),[c,l]=(0,Z.useState)(),[u,d]=(0,Z.useState)(),f=async()=>{if(c===void 0)return;let{ok:t,userErrors:n}=await o.run({input:{statusId:e.id,name:c}});d(n[0]?.message),t&&(l(void 0),v(ne()))};return c===void 0?(0,Q.jsxs)(`li`,{"data-id":e.id,children:[(0,Q.jsx)(`span`,{children:e.name}),(0,Q.jsxs)(p,{children:[(0,Q.jsxs)(n,{look:`quiet`,small:!0,onClick:()=>l(e.name),children:[K(),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,e.name]})]}),(0,Q.jsxs)(n,{look:`quiet`,small:!0,onClick:a,children:[oe(),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,e.name]})]}),(0,Q.jsxs)(`span`,{className:`move`,children:[(0,Q.jsx)(s,{icon:`up`,label:le({name:e.name}),disabled:t,onClick:()=>i(-1)}),(0,Q.jsx)(s,{icon:`down`,label:j({name:e.name}),disabled:r,onClick:()=>i(1)})]})]})]}):(0,Q.jsx)(`li`,{"data-id":e.id,children:(0,Q.jsxs)(`form`,{className:`inline-form`,onSubmit:e=>{e.preventDefault(),f()},children:[(0,Q.jsx)(g,{label:L(),value:c,onChange:l,error:u,maxLength:100,autoFocus:!0}),(0,Q.jsx)(n,{type:`submit`,look:`primary`,busy:o.busy,children:S()}),(0,Q.jsx)(n,{onClick:()=>{l(void 0),d(void 0)},children:h()})]})})}function Me(){let e=m(Oe),[t,r]=(0,Z.useState)(``),[i,a]=(0,Z.useState)(),o=async()=>{let{ok:n,userErrors:i}=await e.run({name:t});a(i[0]?.message),n&&(r(``),v(O({name:t})))};return(0,Q.jsx)(u,{title:T(),children:(0,Q.jsxs)(`form`,{className:`fields`,onSubmit:e=>{e.preventDefault(),o()},children:[(0,Q.jsx)(g,{label:U(),value:t,onChange:r,error:i,maxLength:100,hint:B()}),(0,Q.jsx)(`div`,{children:(0,Q.jsx)(n,{type:`submit`,look:`primary`,busy:e.busy,disabled:t.trim()===``,children:T()})})]})})}export{Ae as Page};