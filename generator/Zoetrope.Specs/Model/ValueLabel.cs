namespace Zoetrope.Specs.Model;

/// <summary>How a document calls a value of an enum.</summary>
/// <param name="Value">The value, as in <see cref="JsonLiteral.Text"/>.</param>
/// <param name="Name">Its name, or null.</param>
/// <param name="Description">What it means, or null.</param>
public sealed record ValueLabel(string Value, string? Name, string? Description)
{
    /// <summary>Whether the document calls the value deprecated; null where it says nothing of it.</summary>
    public bool? Deprecated { get; init; }

    /// <summary>What extensions say of that, or null.</summary>
    public string? DeprecationNote { get; init; }
}
