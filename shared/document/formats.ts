/** Why this file exists: the kinds of files a document can be taken along as, known also where no validator is. */
export const EXPORT_FORMATS = ['html', 'md', 'docx', 'pdf', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
