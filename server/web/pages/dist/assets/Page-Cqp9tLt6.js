import{d as e,f as t,m as n,n as r,o as i,t as a}from"./Button-DTpzbii0.js";import{i as o,m as s,n as c,o as l,r as u,t as d,x as f}from"./Panel-BSITHXaU.js";import{n as p,r as m,t as ee}from"./Role-B0GmlsWH.js";import{t as h}from"./cancel-BD7N08gz.js";import{a as g}from"./Field-CpxI47NP.js";import{K as te,O as _}from"./index-D06LnNsL.js";import{t as ne}from"./saved-GA-5vb7o.js";import{t as re}from"./undo-CXGcH8AW.js";import{o as v,s as y}from"./data-BBnnGekE.js";var b=()=>`Save`,x=()=>`Guardar`,S=((e={},t={})=>(t.locale??i())===`es`?x(e):b(e)),C=()=>`Add a status`,w=()=>`Añadir un estado`,T=((e={},t={})=>(t.locale??i())===`es`?w(e):C(e)),E=e=>`${e?.name} was added`,D=e=>`Se ha añadido ${e?.name}`,O=((e,t={})=>(t.locale??i())===`es`?D(e):E(e)),k=e=>`Move ${e?.name} down`,A=e=>`Bajar ${e?.name}`,j=((e,t={})=>(t.locale??i())===`es`?A(e):k(e)),M=e=>`${e?.name} is now number ${e?.place}`,N=e=>`${e?.name} es ahora el número ${e?.place}`,P=((e,t={})=>(t.locale??i())===`es`?N(e):M(e)),F=()=>`Name`,I=()=>`Nombre`,L=((e={},t={})=>(t.locale??i())===`es`?I(e):F(e)),R=()=>`1 to 100 characters, unlike every other status`,z=()=>`De 1 a 100 caracteres, distinto de los demás`,B=((e={},t={})=>(t.locale??i())===`es`?z(e):R(e)),V=()=>`Name of the new status`,H=()=>`Nombre del nuevo estado`,U=((e={},t={})=>(t.locale??i())===`es`?H(e):V(e)),W=()=>`Rename`,G=()=>`Renombrar`,K=((e={},t={})=>(t.locale??i())===`es`?G(e):W(e)),q=()=>`Restore`,ie=()=>`Restaurar`,J=((e={},t={})=>(t.locale??i())===`es`?ie(e):q(e)),Y=()=>`Retire`,ae=()=>`Retirar`,oe=((e={},t={})=>(t.locale??i())===`es`?ae(e):Y(e)),se=e=>`Move ${e?.name} up`,ce=e=>`Subir ${e?.name}`,le=((e,t={})=>(t.locale??i())===`es`?ce(e):se(e)),ue=e=>`${e?.name} was retired`,de=e=>`${e?.name} se ha retirado`,fe=((e,t={})=>(t.locale??i())===`es`?de(e):ue(e)),pe=()=>`The statuses that orders can have on the website`,me=()=>`Los estados que pueden tener los pedidos en el sitio web`,he=((e={},t={})=>(t.locale??i())===`es`?me(e):pe(e)),ge=()=>`No statuses yet`,_e=()=>`Aún no hay estados`,ve=((e={},t={})=>(t.locale??i())===`es`?_e(e):ge(e)),ye=()=>`Add one, such as “Picked up”.`,be=()=>`Añade uno, como «Recogido».`,xe=((e={},t={})=>(t.locale??i())===`es`?be(e):ye(e)),Se=()=>`Statuses, in the order of the lists`,Ce=()=>`Estados, en el orden de las listas`,X=((e={},t={})=>(t.locale??i())===`es`?Ce(e):Se(e)),we=()=>`Retired: orders keep them, but nobody can choose them`,Te=()=>`Retirados: los pedidos los conservan, pero nadie puede elegirlos`,Ee=((e={},t={})=>(t.locale??i())===`es`?Te(e):we(e)),Z=n(t(),1),Q=e(),De=u(`
  query StatusesPage {
    statusTypes {
      id
      name
      retired
    }
  }
`),Oe=u(`
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
`),$=u(`
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
`),ke=u(`
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
`);function Ae(){let[e,t]=f({query:De}),n=m(ke),r=m($),i=(0,Z.useRef)(null),u=async(e,t,r)=>{let a=e.map(e=>e.id),[o]=a.splice(t,1);if(o===void 0)return;a.splice(t+r,0,o);let{ok:c,userErrors:l}=await n.run({ids:a});l[0]&&y(l[0].message),c&&(te(P({name:e[t]?.name??``,place:s(t+r+1)})),requestAnimationFrame(()=>{let e=(i.current?.querySelector(`[data-id="${o}"]`))?.querySelectorAll(`.move button`);(r<0?[e?.[0],e?.[1]]:[e?.[1],e?.[0]]).find(e=>e&&!e.disabled)?.focus()}))},h=async(e,t)=>{let{ok:n,userErrors:i}=await r.run({input:{statusId:e.id,retired:t}});i[0]&&y(i[0].message),n&&t&&v(fe({name:e.name}),{label:re(),run:()=>void h(e,!1)})};return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(c,{title:_(),lead:he()}),(0,Q.jsx)(ee,{children:(0,Q.jsxs)(`div`,{className:`cols`,children:[(0,Q.jsx)(d,{title:X(),children:(0,Q.jsx)(l,{result:e,again:t,children:({statusTypes:e})=>{let t=e.filter(e=>!e.retired);return(0,Q.jsxs)(Q.Fragment,{children:[t.length===0&&(0,Q.jsx)(o,{icon:`info`,title:ve(),children:xe()}),(0,Q.jsx)(`ul`,{className:`rows`,ref:i,children:t.map((e,n)=>(0,Q.jsx)(je,{status:e,first:n===0,last:n===t.length-1,move:e=>void u(t,n,e),retire:()=>void h(e,!0)},e.id))}),e.length>t.length&&(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(`h3`,{className:`gap`,children:Ee()}),(0,Q.jsx)(`ul`,{className:`rows`,children:e.filter(e=>e.retired).map(e=>(0,Q.jsxs)(`li`,{children:[(0,Q.jsx)(`span`,{className:`muted`,children:e.name}),(0,Q.jsx)(p,{children:(0,Q.jsxs)(a,{small:!0,onClick:()=>void h(e,!1),children:[J(),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,e.name]})]})})]},e.id))})]})]})}})}),(0,Q.jsx)(p,{children:(0,Q.jsx)(Me,{})})]})})]})}function je({status:e,first:t,last:n,move:i,retire:o}){let s=m($),[c,l]=(0,Z.useState)(),[u,d]=(0,Z.useState)(),f=async()=>{if(c===void 0)return;let{ok:t,userErrors:n}=await s.run({input:{statusId:e.id,name:c}});d(n[0]?.message),t&&(l(void 0),v(ne()))};return c===void 0?(0,Q.jsxs)(`li`,{"data-id":e.id,children:[(0,Q.jsx)(`span`,{children:e.name}),(0,Q.jsxs)(p,{children:[(0,Q.jsxs)(a,{look:`quiet`,small:!0,onClick:()=>l(e.name),children:[K(),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,e.name]})]}),(0,Q.jsxs)(a,{look:`quiet`,small:!0,onClick:o,children:[oe(),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,e.name]})]}),(0,Q.jsxs)(`span`,{className:`move`,children:[(0,Q.jsx)(r,{icon:`up`,label:le({name:e.name}),disabled:t,onClick:()=>i(-1)}),(0,Q.jsx)(r,{icon:`down`,label:j({name:e.name}),disabled:n,onClick:()=>i(1)})]})]})]}):(0,Q.jsx)(`li`,{"data-id":e.id,children:(0,Q.jsxs)(`form`,{className:`inline-form`,onSubmit:e=>{e.preventDefault(),f()},children:[(0,Q.jsx)(g,{label:L(),value:c,onChange:l,error:u,maxLength:100,autoFocus:!0}),(0,Q.jsx)(a,{type:`submit`,look:`primary`,busy:s.busy,children:S()}),(0,Q.jsx)(a,{onClick:()=>{l(void 0),d(void 0)},children:h()})]})})}function Me(){let e=m(Oe),[t,n]=(0,Z.useState)(``),[r,i]=(0,Z.useState)(),o=async()=>{let{ok:r,userErrors:a}=await e.run({name:t});i(a[0]?.message),r&&(n(``),v(O({name:t})))};return(0,Q.jsx)(d,{title:T(),children:(0,Q.jsxs)(`form`,{className:`fields`,onSubmit:e=>{e.preventDefault(),o()},children:[(0,Q.jsx)(g,{label:U(),value:t,onChange:n,error:r,maxLength:100,hint:B()}),(0,Q.jsx)(`div`,{children:(0,Q.jsx)(a,{type:`submit`,look:`primary`,busy:e.busy,disabled:t.trim()===``,children:T()})})]})})}export{Ae as Page};