using System.Globalization;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs.Proposals;

/// <summary>
/// Proposes a declaration of a job protocol from what a document shows (words that jobs end with, identifiers in responses, links, names and paths), and from
/// workflows that call its operations. It proposes nothing where nothing of this is there. Each guess is a fact for a person to confirm, and the whole passes
/// the verification that a build makes.
/// </summary>
public static class JobsProposer
{
    private const int MostRemovals = 100;
    private const int MostCandidates = 4;

    /// <summary>Proposes a declaration; null where the document shows no jobs.</summary>
    /// <inheritdoc cref="Search"/>
    public static Proposal? Propose(
        IReadOnlyList<NamedDocument> documents, ProposalNames names, string? workflows = null, CancellationToken cancellationToken = default) =>
        Search(documents, names, workflows, cancellationToken).Proposal;

    /// <summary>Proposes a declaration, or says why there is none.</summary>
    /// <param name="documents">The document, or the pages of one API, with the names that the declaration is to give them.</param>
    /// <param name="names">What the proposal is to be called.</param>
    /// <param name="workflows">An Arazzo description, as JSON, whose workflows call the operations of the document; null where there is none.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static ProposalSearch Search(
        IReadOnlyList<NamedDocument> documents, ProposalNames names, string? workflows = null, CancellationToken cancellationToken = default)
    {
        if (DeclaredDocuments.Merge(documents, default) is not { } merged)
            return new(null, "the document cannot be read");
        var document = new JobsDocument(merged.Name, merged.Text);
        var values = new ResponseValues(new(document.References));
        var arazzo = workflows is null ? null : new ArazzoWorkflows(workflows, document);
        var submits = new SubmitCandidates(document, values, arazzo);
        var statuses = new StatusCandidates(document, values, arazzo).Find();
        var found = statuses
            .Select(status => (Status: status, Submits: submits.Find(status)))
            .Where(candidate => candidate.Submits.Count > 0)
            .OrderByDescending(candidate => candidate.Status.HasKnownWords)
            .ThenByDescending(candidate => candidate.Status.Score + candidate.Submits[0].Score + Math.Min(candidate.Submits.Count, 4))
            .Take(MostCandidates);
        string? refusal = null;
        foreach (var (status, submitting) in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var draft = new ProposalBuilder(document, values, documents, names, arazzo).Build(status, submitting);
            if (Verified(draft, merged, out var problem, cancellationToken) is { } proposal)
                return new(proposal with { FollowsWorkflow = arazzo?.HintsOf(status.Operation) is not null }, null);
            refusal ??= $"{submitting[0].Operation.Name} and {status.Operation.Name} look like jobs, but: {problem}";
        }
        return new(null, refusal ?? (statuses.Count == 0
            ? "no GET with an id alone has a response that lists words for the states of a job"
            : $"no POST makes what {statuses[0].Operation.Name} reports: its response would have the id, and its path or its schema those of the status"));
    }

    /// <summary>Whether a text is an Arazzo description of version 1, as JSON.</summary>
    public static bool IsArazzo(string text) => ArazzoWorkflows.IsArazzo(text);

    /// <summary>Takes away what a build would reject; null where that is something that every declaration needs.</summary>
    private static Proposal? Verified(ProposalDraft draft, NamedDocument document, out string problem, CancellationToken cancellationToken)
    {
        problem = "";
        for (var i = 0; i < MostRemovals; i++)
        {
            var json = draft.Root.Write();
            var reading = JobsReader.Read(new("proposal", json), document, null, cancellationToken);
            var errors = reading.Problems.Where(problem => problem.Kind.Severity == ProblemSeverity.Error).ToList();
            if (errors.Count == 0)
            {
                var facts = draft.Confirmable().ToEquatableArray();
                draft.Comments.AddRange(facts.Select(fact => fact.Member + ": " + fact.Reason));
                return new(draft.Root.Write(), facts);
            }
            // The last model first: the numbers of the others stay.
            problem = errors[0].Message;
            var pointers = errors.Select(error => error.Pointer).OrderByDescending(pointer => pointer.Length)
                .ThenByDescending(pointer => pointer, StringComparer.Ordinal);
            if (!pointers.Any(draft.Root.Remove))
                return null;
        }
        return null;
    }
}

/// <summary>A declaration while it is proposed.</summary>
/// <param name="Root">The declaration.</param>
/// <param name="Facts">What it says, and why.</param>
/// <param name="Comments">Its remarks.</param>
internal sealed record ProposalDraft(ProposalObject Root, List<ProposedFact> Facts, List<string> Comments)
{
    /// <summary>The facts that the declaration still says.</summary>
    public IEnumerable<ProposedFact> Confirmable() => Facts
        .Where(fact => fact.Member == "auth" || Has(fact.Member))
        .Select(fact => fact.Member == "models" ? fact with { Value = Root.CountOf("models").ToString(CultureInfo.InvariantCulture) } : fact);

    private bool Has(string member)
    {
        var at = Root;
        foreach (var step in member.Split('.'))
        {
            if (!at.Has(step))
                return false;
            // What follows is the last step, or an object.
            at = at.Inner(step) ?? at;
        }
        return true;
    }
}
