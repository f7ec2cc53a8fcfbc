"""FHIR R4: worksheets as Questionnaires, entries as QuestionnaireResponses, records as Bundles; and back."""
