using static Zoetrope.Specs.Diagnostics.ProblemKind;

namespace Zoetrope.Specs.Diagnostics;

/// <content>The kinds of problem of model pages.</content>
public static partial class Problems
{
    /// <summary>Page: a required line is missing.</summary>
    public static readonly ProblemKind PageLineMissing = Error("ZT0030", "Missing line", "The line '{0}' is missing here; restore it or vendor the page again");

    /// <summary>Page: a required section is missing.</summary>
    public static readonly ProblemKind PageSectionMissing = Error("ZT0031", "Missing section",
        "The section '{0}' is missing before this line; restore it or vendor the page again");

    /// <summary>Page: text that belongs to no parameter.</summary>
    public static readonly ProblemKind PageDangling = Error("ZT0032", "Text without a parameter",
        "This text belongs to no parameter: the line '- **`name`** (`type`, _required_|_optional_):' above it is missing or malformed");

    /// <summary>Page: a parameter line that cannot be read.</summary>
    public static readonly ProblemKind PageBadParameter = Error("ZT0033", "Unreadable parameter", "The parameter '{0}' cannot be read: {1}");

    /// <summary>Page: a value that is not JSON.</summary>
    public static readonly ProblemKind PageBadValue = Warning("ZT0034", "Unreadable value", "The {0} of '{1}' is not valid JSON; it is ignored");

    /// <summary>Page: it ends too early.</summary>
    public static readonly ProblemKind PageCut = Warning("ZT0036", "Incomplete page",
        "The page is incomplete: it ends in {0}. What it contains so far is read; vendor the whole page");

    /// <summary>Page: an older format.</summary>
    public static readonly ProblemKind PageOlder = Warning("ZT0037", "Outdated page",
        "The page has an older format without a parameter table, so no request can be generated from it; vendor the current page");

    /// <summary>Page: a type that is not known.</summary>
    public static readonly ProblemKind PageUnknownType = Warning("ZT0038", "Unknown type", "'{0}' has the unknown type '{1}'; it stays raw JSON");

    /// <summary>Page: a default that does not fit its type.</summary>
    public static readonly ProblemKind PageBadDefault = Warning("ZT0039", "Default of another type", "The default '{0}' of '{1}' is not a valid {2}");

    /// <summary>Page: a constraint that is not recognized.</summary>
    public static readonly ProblemKind PageBadConstraint = Info("ZT0040", "Unrecognized constraint",
        "The constraint '{0}' of '{1}' is not recognized, so it is not validated before sending");

    /// <summary>Page: endpoint and model id differ.</summary>
    public static readonly ProblemKind PageIdsDiffer = Error("ZT0042", "Contradicting ids",
        "The page names the endpoint '{0}' but its model id is '{1}'; one of them is wrong");

    /// <summary>Page: an example that cannot be read.</summary>
    public static readonly ProblemKind PageBadExample = Warning("ZT0043", "Unreadable example", "The example is not valid JSON: {0}; it is ignored");

    /// <summary>Page: an example with a member that is not a parameter.</summary>
    public static readonly ProblemKind PageExampleUnknown = Warning("ZT0044", "Undescribed parameter",
        "The example gives '{0}', which the page does not describe as a parameter; is its description missing?");

    /// <summary>Page: an enum without its options.</summary>
    public static readonly ProblemKind PageOptionsMissing = Warning("ZT0045", "Missing options",
        "'{0}' has the type '{1}', but the line '- Options: …' with its values is missing; it stays raw JSON");

    /// <summary>Page: an example with a value of another type.</summary>
    public static readonly ProblemKind PageExampleDiffers = Warning("ZT0046", "Example of another type",
        "The example gives '{0}' as {1}, but the page describes it as {2}; the description is used, so the example would be rejected");

    /// <summary>Page: a price rule that is not understood.</summary>
    public static readonly ProblemKind PagePriceRule = Info("ZT0056", "Unreadable price rule",
        "The price rule '{0}' is not understood: {1}; where it may apply, the cost of a job is not estimated");
}
