using static Zoetrope.Specs.Diagnostics.ProblemKind;

namespace Zoetrope.Specs.Diagnostics;

/// <summary>The kinds of problem of declared job protocols (<c>{provider}.jobs.json</c>).</summary>
public static class JobsProblems
{
    /// <summary>A member of the wrong form.</summary>
    public static readonly ProblemKind BadMember = Error("ZT0301", "Invalid declaration", "'{0}' must be {1}");

    /// <summary>A member that declarations do not have.</summary>
    public static readonly ProblemKind UnknownMember = Error("ZT0302", "Unknown member of a declaration",
        "'{0}' is not a member of {1}; it has {2}");

    /// <summary>The document is not there.</summary>
    public static readonly ProblemKind NoDocument = Error("ZT0303", "Document of the declaration missing",
        "'{0}' is not among the documents of this project; vendor it beside the declaration, and name it as ZoetropeSpec");

    /// <summary>The document has no such operation.</summary>
    public static readonly ProblemKind UnknownOperation = Error("ZT0304", "Unknown operation",
        "'{0}' has no operation '{1}'; name one as 'METHOD /path' or by its operationId");

    /// <summary>The document has no such value.</summary>
    public static readonly ProblemKind UnknownPointer = Error("ZT0305", "Unknown value",
        "{1} has no value at '{0}'{2}");

    /// <summary>A pointer leads to a value of another type.</summary>
    public static readonly ProblemKind WrongType = Error("ZT0306", "Value of another type", "The value at '{0}' is {1} in the document, but must be {2}");

    /// <summary>Nothing fills a parameter.</summary>
    public static readonly ProblemKind ParameterNotFilled = Error("ZT0307", "Parameter without a value",
        "Nothing fills the parameter '{0}' of '{1}'; give its value in 'parameters', such as \"{{job}}\" or \"{{model}}\"");

    /// <summary>The document has a word that the declaration lacks.</summary>
    public static readonly ProblemKind UndeclaredWord = Warning("ZT0308", "State without a meaning",
        "The declaration '{1}' does not say what '{0}' means, so it counts as running; add it to one of the states there");

    /// <summary>The declaration has a word that the document lacks.</summary>
    public static readonly ProblemKind UnknownWord = Warning("ZT0309", "Unknown state",
        "The document has no state '{0}'; it has {1}");

    /// <summary>A name or a word twice.</summary>
    public static readonly ProblemKind Twice = Error("ZT0310", "Declared twice", "'{0}' is already {1}");

    /// <summary>A proposal that nobody has confirmed.</summary>
    public static readonly ProblemKind NotConfirmed = Warning("ZT0311", "Declaration not confirmed",
        "This declaration is a proposal, so no client is generated: check each line against the provider's documentation, and set \"confirmed\": true");
}
