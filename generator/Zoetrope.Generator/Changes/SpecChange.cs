namespace Zoetrope.Generator.Changes;

/// <summary>What a change of documents means for those who use the generated code.</summary>
public enum ChangeImpact
{
    /// <summary>Only documentation, or what listings say of a model.</summary>
    Documentation,

    /// <summary>Code that compiled still compiles, and requests that were valid still are.</summary>
    Compatible,

    /// <summary>Code may no longer compile, or a request that was valid may be refused.</summary>
    Breaking,
}

/// <summary>What a change is of.</summary>
public enum ChangeArea
{
    /// <summary>The public C#.</summary>
    Surface,

    /// <summary>What is validated before a request is sent.</summary>
    Validation,
}

/// <summary>A change of what is generated from documents.</summary>
/// <param name="Impact">What it means for those who use the generated code.</param>
/// <param name="Area">What it is of.</param>
/// <param name="Symbol">The type or member in C#, without its namespace.</param>
/// <param name="Message">What was, and what is now.</param>
/// <param name="Path">The document that says so; empty where there is none.</param>
/// <param name="Start">The line and column there, counted from 1.</param>
/// <param name="IsGone">Whether the symbol is gone, so that the document is the old one.</param>
public sealed record SpecChange(
    ChangeImpact Impact, ChangeArea Area, string Symbol, string Message, string Path, (int Line, int Column) Start, bool IsGone);
