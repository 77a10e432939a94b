namespace Zoetrope;

/// <summary>Several providers were tried for one job, and surely none accepted it.</summary>
public sealed class RoutingException(string model, IReadOnlyList<ZoetropeException> reasons)
    : ZoetropeException($"No provider took the job for {model}. {Text(reasons)}", reasons[^1])
{
    /// <summary>Why, in the order in which the providers were tried.</summary>
    public IReadOnlyList<ZoetropeException> Reasons { get; } = reasons;

    private static string Text(IReadOnlyList<ZoetropeException> reasons)
    {
        var messages = new string[reasons.Count];
        for (var i = 0; i < messages.Length; i++)
            messages[i] = reasons[i].Message;
        return string.Join(" ", messages);
    }
}
