import { getTranslations } from 'next-intl/server'
import type { Locale } from '@/i18n/routing'
import type { RecommendationWords } from './recommendation-form'

/** The form's sentences, for a browser that has none. */
export async function recommendationWords(locale: Locale, isLinked: boolean, isNew: boolean): Promise<RecommendationWords> {
  const t = await getTranslations({ locale, namespace: 'reports' })
  const names = ['number', 'shortFr', 'shortEn', 'section', 'pilots', 'pilotsHint', 'budgetMEur', 'budgetMEurHint', 'cultural', 'culturalBasis', 'culturalBasisHint', 'culturalNote', 'themes', 'themesHint', 'wordings', 'wordingsHint', 'wording', 'newWording', 'place', 'language', 'text', 'textHint', 'official', 'source'] as const
  return {
    ...(Object.fromEntries(names.map((name) => [name, t(`recommendation.${name}`)])) as RecommendationWords),
    numberHint: t(isLinked ? 'recommendation.numberStays' : 'recommendation.numberHint'),
    fr: t('languages.fr'),
    en: t('languages.en'),
    optional: t('optional'),
    submit: t(isNew ? 'recommendation.add' : 'recommendation.submit'),
    wrong: t('wrong'),
  }
}
