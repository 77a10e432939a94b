using Zoetrope.Cli.Vendoring.Sources;
using Zoetrope.Specs.Model;

namespace Zoetrope.Cli.Vendoring;

/// <summary>A document that is to be written together with the lock file, in place of an existing one.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Document">Its future content, read.</param>
/// <param name="Former">The document that it replaces, or null.</param>
/// <param name="ClassName">The name that the user gives its class, or null.</param>
/// <param name="Origin">Where it came from, or null if that is not given: then the lock file keeps its value.</param>
/// <param name="Validators">What its server sent with it, or null if it was not fetched.</param>
internal sealed record NewDocument(
    string Path, SpecDocument Document, SpecDocument? Former, string? ClassName, string? Origin, Validators? Validators)
{
    /// <summary>The declaration that is to be written beside it, or null.</summary>
    public ProposedDeclaration? Declaration { get; init; }

    /// <summary>Why no declaration is proposed beside it; null where one is, or none was looked for.</summary>
    public string? WhyNoDeclaration { get; init; }
}
