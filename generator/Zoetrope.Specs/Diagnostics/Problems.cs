using Zoetrope.Specs.Model;
using Zoetrope.Specs.Providers;
using static Zoetrope.Specs.Diagnostics.ProblemKind;

namespace Zoetrope.Specs.Diagnostics;

/// <summary>
/// The kinds of problem that the readers report. Ids are stable: ZT00xx is about reading, ZT01xx about merging and binding, ZT02xx about
/// options and emitting. Each message says what is wrong, where, and what to do.
/// </summary>
public static partial class Problems
{
    /// <summary>The document is of no known kind.</summary>
    public static readonly ProblemKind UnknownContent = Error("ZT0001", "Unknown document",
        "Zoetrope cannot read this file: expected a " + string.Join(" or ", DocumentProfiles.All.Select(profile => profile.DisplayName))
            + " model page (Markdown that begins with '# '), a page with the OpenAPI of an operation in a block of YAML, an OpenAPI 3 document, "
            + "a catalog or a lock file (JSON); {0}. "
            + "Move a file that is not a provider's document to another folder, or exclude it with Exclude=\"…\" of <ZoetropeSpec Include=\"…\" />");

    /// <summary>The file contains a merge conflict.</summary>
    public static readonly ProblemKind ConflictMarker = Error("ZT0002", "Merge conflict",
        "The file contains an unresolved merge conflict; resolve it and remove the markers");

    /// <summary>The provider cannot be detected from the content.</summary>
    public static readonly ProblemKind UnknownProvider = Error("ZT0016", "Unknown provider",
        "The provider cannot be detected from the document; set it, as in <ZoetropeSpec Include=\"…\" Provider=\"" + DocumentProfiles.All[0].Name + "\" />");

    /// <summary>A request that the document does not describe.</summary>
    public static readonly ProblemKind EmptyInput = Warning("ZT0027", "Request without members",
        "The document describes no member of the request, so its type has none; set members in its ExtraProperties, which is sent without validation, "
            + "or vendor a complete document");

    /// <summary>The same parameter, or the same form of a body, twice.</summary>
    public static readonly ProblemKind DescribedTwice = Warning("ZT0035", "Duplicate description", "'{0}' is described twice; the first description is used");

    /// <summary>Catalog or lock: a member of the wrong form.</summary>
    public static readonly ProblemKind BadMember = Error("ZT0050", "Invalid member", "'{0}' must be {1}");

    /// <summary>Catalog or lock: a member that is missing.</summary>
    public static readonly ProblemKind MissingMember = Error("ZT0051", "Missing member", "'{0}' is missing here; it must be {1}");

    /// <summary>Catalog or lock: a member that is not known.</summary>
    public static readonly ProblemKind UnknownMember = Warning("ZT0052", "Unknown member", "'{0}' has no meaning here; it is ignored");

    /// <summary>Creates a problem at a location in the text.</summary>
    public static SpecProblem At(this ProblemKind kind, int start, int length, params string[] arguments) =>
        new(kind, "", start, length, new(arguments));

    /// <summary>Creates a problem at a location in the text.</summary>
    public static SpecProblem At(this ProblemKind kind, TextRange range, params string[] arguments) =>
        new(kind, "", range.Start, range.Length, new(arguments));

    /// <summary>Creates a problem at the location that a pointer names.</summary>
    public static SpecProblem AtPointer(this ProblemKind kind, string pointer, params string[] arguments) =>
        new(kind, pointer, -1, 0, new(arguments));
}
