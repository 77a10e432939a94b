using System.ComponentModel;

namespace Zoetrope.Json;

/// <summary>Creates the exception of a result's property whose member the service omitted although its specification requires it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MissingMember
{
    /// <summary>Creates the exception.</summary>
    public static InvalidOperationException Of(string member) =>
        new($"The result has no usable '{member}', although the provider's specification requires it. "
            + "The result's raw JSON contains everything that was received.");
}
