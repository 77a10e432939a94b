using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs.Proposals;

/// <summary>A declaration that was guessed from a document, for a person to confirm.</summary>
/// <param name="Json">The declaration, with <c>"confirmed": false</c>.</param>
/// <param name="Facts">What it says, and why, in the order of the declaration.</param>
public sealed record Proposal(string Json, EquatableArray<ProposedFact> Facts)
{
    /// <summary>Whether a workflow polls the operation that it has as the status.</summary>
    public bool FollowsWorkflow { get; init; }
}

/// <summary>What came of looking for jobs in a document.</summary>
/// <param name="Proposal">The declaration; null where there is none.</param>
/// <param name="Reason">Why there is none; null where there is one.</param>
public sealed record ProposalSearch(Proposal? Proposal, string? Reason);

/// <summary>A guess.</summary>
/// <param name="Member">The member of the declaration, such as <c>status.word</c>.</param>
/// <param name="Value">What it says.</param>
/// <param name="Reason">What in the document led to it, and what a person must look up.</param>
public sealed record ProposedFact(string Member, string Value, string Reason);

/// <summary>What a proposal is to be called.</summary>
/// <param name="Provider">The provider's name in handles and on the command line.</param>
/// <param name="Name">The provider's name in C#.</param>
/// <param name="Schema">The path of the declarations' schema, from the folder of the declaration; null to name none.</param>
public sealed record ProposalNames(string Provider, string Name, string? Schema);
