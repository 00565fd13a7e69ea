package api

import "net/url"

// routes registers all operations.
func (a *API) routes() {
	a.selfOperations()
	a.planOperations()
	a.ruleOperations()
	a.commitmentOperations()
	a.breakdownOperations()
	a.versionOperations()
	a.amendmentOperations()
	a.indicatorOperations()
	a.documentOperations()
	a.reviewOperations()
	a.tableOperations()
	a.projectOperations()
	a.roundOperations()
	a.submissionOperations()
	a.formOperations()
	a.evidenceOperations()
	a.figureOperations()
	a.correctionOperations()
	a.paperOperations()
	a.deliveryOperations()
	a.lightOperations()
	a.orderOperations()
	a.supervisionOperations()
	a.bulletinOperations()
	a.assessmentOperations()
	a.tourOperations()
	a.livelihoodOperations()
	a.reportOperations()
	a.publicationOperations()
	a.mapOperations()
	a.messageOperations()
	a.courseOperations()
	a.accountOperations()
	a.unitOperations()
	a.searchOperations()
	a.feedOperations()
	a.exportOperations()
	a.auditOperations()
	a.webhookOperations()
}

// proofPath is where the proof of a record's history is found.
func proofPath(kind, id string) string {
	return Base + "/audit/proofs/" + kind + "/" + url.PathEscape(id)
}
