import { Body, Button, Container, Head, Heading, Hr, Html, Link, Preview, Section, Text } from '@react-email/components'
import { Fragment } from 'react'
import { typo } from '@/lib/text'
import type { Voice } from './say'
import type { Block, Detail, Sheet, Slab } from './sheet'
import { pigments, sheetOfStyles, styles } from './style'

type Fine = (text: string) => string

/** The house's look, in what mail programs understand: tables, styles on each element, 600 pixels at most. */
export function Layout({ sheet, voice }: { sheet: Sheet; voice: Voice }) {
  const fine: Fine = (text) => typo(text, voice.locale)
  return (
    <Html lang={voice.locale} dir="ltr">
      <Head>
        <title>{fine(sheet.subject)}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no" />
        <style>{sheetOfStyles(sheet.slab.pigment)}</style>
      </Head>
      <Body className="paper" style={styles.body}>
        <Preview>{fine(sheet.preview)}</Preview>
        <Container className="paper" style={styles.container}>
          <Section className="pad" style={styles.house}>
            <Link className="ink" href={voice.house.url} style={styles.houseName}>
              <HouseName name={voice.house.name} />
            </Link>
          </Section>
          <SlabOfDay slab={sheet.slab} fine={fine} />
          <Section className="pad" style={styles.words}>
            <Heading as="h2" className="ink" style={styles.headline}>
              {fine(sheet.headline)}
            </Heading>
            {sheet.blocks.map((block, index) => (
              <Words key={index} block={block} voice={voice} fine={fine} />
            ))}
          </Section>
          <Section className="pad" style={styles.foot}>
            <Hr className="heavy" style={styles.footRule} />
            {sheet.footnotes.map((note) => (
              <Text key={note} className="muted" style={styles.footnote}>
                {fine(note)}
              </Text>
            ))}
            <Text className="muted" style={styles.footnote}>
              <Link className="muted" href={voice.house.url} style={{ ...styles.link, color: styles.footnote.color }}>
                {voice.house.name}
              </Link>
            </Text>
          </Section>
        </Container>
      </Body>
    </Html>
  )
}

/** The mark has its hyphen in vermilion; another house's name is set as it is. */
function HouseName({ name }: { name: string }) {
  const [first, ...rest] = name.split('-')
  if (rest.length !== 1) return name
  return (
    <>
      {first}
      <span className="mark" style={{ color: pigments.vermilion.light }}>
        -
      </span>
      {rest[0]}
    </>
  )
}

function SlabOfDay({ slab, fine }: { slab: Slab; fine: Fine }) {
  const long = slab.title.length > 70
  const ground = { backgroundColor: pigments[slab.pigment].light, padding: '30px 32px 34px' }
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} border={0}>
      <tbody>
        <tr>
          <td className="slab" style={ground}>
            <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} border={0}>
              <tbody>
                <tr>
                  {slab.day && (
                    <td className="day" width={132} style={styles.day}>
                      <p className="on-slab" style={styles.dayWord}>{slab.day.weekday}</p>
                      <p className="on-slab number" style={styles.number}>{slab.day.number}</p>
                      <p className="on-slab" style={styles.dayWord}>{slab.day.month}</p>
                    </td>
                  )}
                  <td className="event" style={styles.event}>
                    {slab.state && <p className="on-slab" style={styles.state}>{fine(slab.state)}</p>}
                    <Heading as="h1" className={`on-slab ${long ? 'long-title' : 'title'}`} style={long ? styles.longTitle : styles.title} lang={slab.titleLanguage}>
                      {fine(slab.title)}
                    </Heading>
                    {slab.line && <p className="on-slab" style={styles.line}>{fine(slab.line)}</p>}
                  </td>
                </tr>
              </tbody>
            </table>
          </td>
        </tr>
      </tbody>
    </table>
  )
}

function Words({ block, voice, fine }: { block: Block; voice: Voice; fine: Fine }) {
  switch (block.is) {
    case 'text':
      return <Text className="ink" style={styles.text}>{fine(block.text)}</Text>
    case 'heading':
      return <Heading as="h3" className="ink" style={styles.heading}>{fine(block.text)}</Heading>
    case 'quote':
      return (
        <Text className="ink heavy" style={styles.quote}>
          {block.lines.map((line, index) => (
            <Fragment key={index}>
              {index > 0 && <br />}
              {fine(line)}
            </Fragment>
          ))}
        </Text>
      )
    case 'code':
      return <Text className="wash" style={styles.code}>{block.code}</Text>
    case 'button':
      return <Button className="action" href={block.href} style={styles.action}>{fine(block.label)}</Button>
    case 'link':
      return (
        <Text className="ink" style={styles.text}>
          <Link className="ink" href={block.href} style={styles.link}>{fine(block.label)}</Link>
        </Text>
      )
    case 'details':
      return <Details rows={block.rows} voice={voice} fine={fine} />
  }
}

function Details({ rows, voice, fine }: { rows: Detail[]; voice: Voice; fine: Fine }) {
  return (
    <table className="rule" width="100%" cellPadding={0} cellSpacing={0} border={0} style={styles.details}>
      <tbody>
        {rows.map(({ term, text, was, href }) => (
          <tr key={term}>
            <th className="term muted rule" scope="row" align="left" style={{ ...styles.term, fontWeight: 400, textAlign: 'left' }}>
              {fine(term)}
            </th>
            <td className="fact ink rule" style={styles.fact}>
              {was && <Was text={fine(was)} voice={voice} />}
              {href ? <Link className="ink" href={href} style={styles.link}>{text}</Link> : fine(text)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Struck through for the eye, named for who listens or whose program drops the stroke. */
function Was({ text, voice }: { text: string; voice: Voice }) {
  return (
    <>
      <span className="muted" style={{ ...styles.was, textDecoration: 'none' }}>{typo(voice.say('avant : ', 'before: '), voice.locale)}</span>
      <s className="muted" style={styles.was}>{text}</s>
      <br />
    </>
  )
}
