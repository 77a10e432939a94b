using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs;

/// <summary>How a model is submitted.</summary>
/// <param name="Request">The request; its members are not used.</param>
/// <param name="InputPath">The names that lead to the input in the body; empty for the body itself.</param>
/// <param name="IsInputInArray">Whether the input is the only item of an array.</param>
/// <param name="ModelMember">The member of the body with the model; null for none.</param>
/// <param name="Constants">The members of the body that are always the same, as JSON.</param>
/// <param name="Format">How the body is written.</param>
public sealed record SubmitRule(
    RequestTemplate Request, EquatableArray<string> InputPath, bool IsInputInArray, string? ModelMember, EquatableArray<NamedText> Constants,
    BodyFormat Format);

/// <summary>How a body is written.</summary>
public enum BodyFormat
{
    /// <summary>As a JSON object.</summary>
    Json,

    /// <summary>As a form with parts.</summary>
    Multipart,

    /// <summary>As a form with fields, as in a query.</summary>
    UrlEncoded,
}
