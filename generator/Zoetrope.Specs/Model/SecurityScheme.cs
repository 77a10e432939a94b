namespace Zoetrope.Specs.Model;

/// <summary>One way to show a key.</summary>
/// <param name="Name">The name that requirements use.</param>
/// <param name="Kind">How the key is shown.</param>
/// <param name="Parameter">The name of the header, query parameter or cookie; <c>Authorization</c> for bearer and basic.</param>
/// <param name="Prefix">What precedes the key in the header, with its space (<c>Bearer </c>, fal's <c>Key </c>); empty where nothing does.</param>
/// <param name="Pointer">Its location (see <see cref="Schema.Pointer"/>).</param>
public sealed record SecurityScheme(string Name, SecurityKind Kind, string Parameter, string Prefix, string Pointer)
{
    /// <summary>Whether the service says that it may vanish: where another one is as good, that is used.</summary>
    public bool IsDeprecated { get; init; }
}
