import { type ProblemCode, problems } from '#shared/errors.ts'
import { Card, KeyValues, PageTitle } from '#shared/ui/index.ts'
import type { PageContext } from '#shared/web/index.ts'
import { SitePage } from '../layout.tsx'
import { problemTexts } from './problem.texts.ts'

/** One problem type: where the `type` of an error leads. */
export const ProblemPage = ({ page, code }: { page: PageContext; code: ProblemCode }) => {
  const words = problemTexts(page.language)
  const { status, title } = problems[code]
  return (
    <SitePage page={page} title={code}>
      <PageTitle title={code} back={{ href: '/problems', label: words.all }}>
        <span lang="en">{title}</span>
      </PageTitle>
      <Card>
        <KeyValues items={[{ label: words.status, value: `${status}` }]} />
        <p>{words.meaning[code]}</p>
      </Card>
    </SitePage>
  )
}

export const ProblemsPage = ({ page }: { page: PageContext }) => {
  const words = problemTexts(page.language)
  return (
    <SitePage page={page} title={words.title}>
      <PageTitle title={words.title}>{words.intro}</PageTitle>
      <Card>
        <KeyValues
          items={(Object.keys(problems) as ProblemCode[]).map((code) => ({
            label: `${problems[code].status}`,
            value: <a href={`/problems/${code}`}>{code}</a>,
          }))}
        />
      </Card>
    </SitePage>
  )
}
