import{r as e,x as t}from"./Panel-DRf5dISN.js";var n=()=>`Changed`,ee=()=>`Cambiados`,r=((e={},r={})=>(r.locale??t())===`es`?ee(e):n(e)),te=()=>`What changed`,i=()=>`Lo que cambió`,a=((e={},n={})=>(n.locale??t())===`es`?i(e):te(e)),o=()=>`What is shown`,s=()=>`Qué se muestra`,c=((e={},n={})=>(n.locale??t())===`es`?s(e):o(e)),l=()=>`Everything`,u=()=>`Todo`,d=((e={},n={})=>(n.locale??t())===`es`?u(e):l(e)),f=()=>`Chosen items`,p=()=>`Artículos elegidos`,m=((e={},n={})=>(n.locale??t())===`es`?p(e):f(e)),h=()=>`Shops, registers, employees`,g=()=>`Tiendas, cajas, empleados`,_=((e={},n={})=>(n.locale??t())===`es`?g(e):h(e)),v=()=>`Changed stock of a shop`,y=()=>`Existencias cambiadas de una tienda`,b=((e={},n={})=>(n.locale??t())===`es`?y(e):v(e)),x=()=>`All stock of a shop`,S=()=>`Todas las existencias de una tienda`,C=((e={},n={})=>(n.locale??t())===`es`?S(e):x(e)),w=()=>`Deciding what is shown`,T=()=>`Decidiendo qué se muestra`,E=((e={},n={})=>(n.locale??t())===`es`?T(e):w(e)),D=()=>`Done`,O=()=>`Terminada`,k=((e={},n={})=>(n.locale??t())===`es`?O(e):D(e)),A=()=>`Reading items`,j=()=>`Leyendo artículos`,M=((e={},n={})=>(n.locale??t())===`es`?j(e):A(e)),N=()=>`Getting ready`,P=()=>`Preparando`,F=((e={},n={})=>(n.locale??t())===`es`?P(e):N(e)),I=()=>`Reading shops and registers`,L=()=>`Leyendo tiendas y cajas`,R=((e={},n={})=>(n.locale??t())===`es`?L(e):I(e)),z=()=>`Reading stock`,B=()=>`Leyendo existencias`,V=((e={},n={})=>(n.locale??t())===`es`?B(e):z(e)),H=e=>`by ${e?.who}`,U=e=>`por ${e?.who}`,W=((e,n={})=>(n.locale??t())===`es`?U(e):H(e)),G=()=>`stopped`,K=()=>`detenida`,q=((e={},n={})=>(n.locale??t())===`es`?K(e):G(e)),J=()=>`completed`,Y=()=>`completada`,X=((e={},n={})=>(n.locale??t())===`es`?Y(e):J(e)),Z=()=>`failed`,Q=()=>`fallida`,ne=((e={},n={})=>(n.locale??t())===`es`?Q(e):Z(e)),re=()=>`completed with issues`,ie=()=>`completada con incidencias`,ae=((e={},n={})=>(n.locale??t())===`es`?ie(e):re(e)),oe=()=>`waits to begin`,se=()=>`en espera`,ce=((e={},n={})=>(n.locale??t())===`es`?se(e):oe(e)),le=()=>`running`,ue=()=>`en curso`,de=((e={},n={})=>(n.locale??t())===`es`?ue(e):le(e)),fe=()=>`waits`,pe=()=>`esperando`,me=((e={},n={})=>(n.locale??t())===`es`?pe(e):fe(e)),he=()=>`because Lightspeed was connected`,ge=()=>`porque se conectó Lightspeed`,_e=((e={},n={})=>(n.locale??t())===`es`?ge(e):he(e)),ve=()=>`asked for`,ye=()=>`a petición`,be=((e={},n={})=>(n.locale??t())===`es`?ye(e):ve(e)),xe=()=>`by the schedule`,Se=()=>`por el horario`,Ce=((e={},n={})=>(n.locale??t())===`es`?Se(e):xe(e)),we=()=>`because settings changed`,Te=()=>`porque cambiaron los ajustes`,Ee=((e={},n={})=>(n.locale??t())===`es`?Te(e):we(e)),De=()=>`The account’s allowance is nearly used up; it refills.`,Oe=()=>`La cuota de la cuenta está casi agotada; se recupera.`,ke=((e={},n={})=>(n.locale??t())===`es`?Oe(e):De(e)),Ae=()=>`It waits for you.`,je=()=>`Espera tu decisión.`,Me=((e={},n={})=>(n.locale??t())===`es`?je(e):Ae(e)),Ne=()=>`Lightspeed asked for a pause.`,Pe=()=>`Lightspeed pidió una pausa.`,Fe=((e={},n={})=>(n.locale??t())===`es`?Pe(e):Ne(e)),Ie=()=>`Lightspeed does not answer.`,Le=()=>`Lightspeed no responde.`,Re=((e={},n={})=>(n.locale??t())===`es`?Le(e):Ie(e)),ze={FULL:d,DELTA:a,EVALUATION:c,REFERENCE:_,SHOP_FULL:C,SHOP_DELTA:b,ITEMS:m},Be={CONNECT:_e,SCHEDULE:Ce,MANUAL:be,SETTINGS:Ee},Ve={QUEUED:ce,RUNNING:de,WAITING:me,COMPLETED:X,COMPLETED_WITH_ISSUES:ae,FAILED:ne,CANCELLED:q},$={QUEUED:`busy`,RUNNING:`busy`,WAITING:`warn`,COMPLETED:`ok`,COMPLETED_WITH_ISSUES:`warn`,FAILED:`bad`,CANCELLED:`plain`},He={PREPARING:F,REFERENCE:R,ITEMS:M,STOCK:V,EVALUATION:E,FINISHED:k},Ue={POS_BUDGET:ke,POS_UNAVAILABLE:Re,POS_THROTTLED:Fe,CONFIRMATION:Me},We=e=>e===`COMPLETED`||e===`COMPLETED_WITH_ISSUES`||e===`FAILED`||e===`CANCELLED`;e(`
  fragment RunParts on SyncRun {
    id
    kind
    trigger
    state
    phase
    sequence
    done
    total
    waitReason
    resumeAt
    displayedBefore
    wouldHide
    cancelRequested
    requestedBy
    chosenItems
    createdAt
    startedAt
    finishedAt
    shop {
      id
      name
    }
    counts {
      itemsRead
      itemsChanged
      stockRead
      stockChanged
      shown
      hidden
      issues
      checks
    }
    error {
      code
      message
    }
  }
`);var Ge=e(`
  query StatusPage {
    lightspeedLink {
      id
      state
      accountName
      employeeName
      budget {
        level
        size
        dripPerSecond
        observedAt
      }
    }
    shops {
      id
      name
      archived
      stockAsOf
      location {
        id
        name
      }
    }
    syncRuns(first: 6) {
      edges {
        node {
          ...RunParts
        }
      }
    }
    heldChanges {
      itemsSince
      items
      pricesSince
      prices
    }
  }
`),Ke=e(`
  subscription SyncNow {
    syncStatus {
      sequence
      state
      phase
      done
      total
      lastSuccessAt
      nextRunAt
      at
      run {
        ...RunParts
      }
    }
  }
`),qe=e(`
  mutation StartSync($input: StartSyncInput!) {
    startSync(input: $input) {
      syncRun {
        ...RunParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Je=e(`
  mutation CancelSync($id: ID!) {
    cancelSync(input: { syncRunId: $id }) {
      syncRun {
        ...RunParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Ye=e(`
  mutation ConfirmSync($id: ID!) {
    confirmSync(input: { syncRunId: $id }) {
      syncRun {
        ...RunParts
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Xe=e(`
  mutation ConfirmHidden($count: Int!) {
    confirmHiddenItems(input: { expectedCount: $count }) {
      heldChanges {
        itemsSince
        items
        pricesSince
        prices
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Ze=e(`
  mutation ConfirmLower($count: Int!) {
    confirmLowerPrices(input: { expectedCount: $count }) {
      heldChanges {
        itemsSince
        items
        pricesSince
        prices
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);export{qe as a,We as c,$ as d,Ve as f,r as g,W as h,Ye as i,ze as l,Ue as m,Xe as n,Ge as o,Be as p,Ze as r,Ke as s,Je as t,He as u};