using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs;

/// <summary>How files are uploaded.</summary>
/// <param name="Request">The request that begins an upload; its members are not used.</param>
/// <param name="Members">The members of its body.</param>
/// <param name="Fields">The values of its response.</param>
/// <param name="IsDirect">Whether it has the file itself, in a form, instead of being responded to with an address for it.</param>
/// <param name="Part">The name of the part with the file in a form; null where the content is the body of a PUT.</param>
/// <param name="MaxBytes">The maximum size of a file; null where nothing is documented.</param>
/// <param name="Hours">For how many hours a file is kept at least; null where nothing is documented, or the response says it.</param>
public sealed record UploadRule(
    RequestTemplate Request, EquatableArray<UploadMember> Members, EquatableArray<FieldPointer> Fields, bool IsDirect, string? Part, long? MaxBytes,
    decimal? Hours)
{
    /// <summary>Whether the form's fields in the response are a text with JSON in it, as the document says.</summary>
    public bool HasFieldsInText { get; init; }

    /// <summary>Whether the headers in the response are a text with JSON in it.</summary>
    public bool HasHeadersInText { get; init; }

    /// <summary>The scheme of references that the document states, such as <c>runway</c>; null where it states none.</summary>
    public string? ReferenceScheme { get; init; }
}

/// <summary>A member of the body of a request that begins an upload.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its value is made of.</param>
/// <param name="Text">The text of a constant; empty for other kinds.</param>
/// <param name="IsJson">Whether a constant is JSON that is not a text, or a value is a number.</param>
public sealed record UploadMember(string Name, PartKind Kind, string Text, bool IsJson);
