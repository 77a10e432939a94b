using System.ComponentModel;

namespace Zoetrope.Json;

/// <summary>What a result's property throws when the service left out a member that its document promises.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MissingMember
{
    /// <summary>Makes the exception.</summary>
    public static InvalidOperationException Of(string member) =>
        new($"The result has no usable '{member}', although the provider's document promises it. The result's raw JSON holds everything that came.");
}
