using System.Text;

namespace Zoetrope.TestKit;

/// <summary>A request as a server read it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">The target, such as <c>/a/b?c=1</c>.</param>
/// <param name="Head">The request line and the headers as they came.</param>
public sealed record ReceivedRequest(string Method, string Target, string Head)
{
    /// <summary>The body, as far as it was read.</summary>
    public byte[] Body { get; set; } = [];

    /// <summary>Whether all of it was read, so that a service could have accepted it.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Whether the server had begun to act on it, or refused to (HTTP/2 can say that it did not).</summary>
    public bool WasRefusedUnread { get; set; }

    /// <summary>The step of the call that it is.</summary>
    public string Step { get; set; } = "";

    /// <summary>Whether a fault was played to it.</summary>
    public bool WasFaulted { get; set; }

    public bool Holds(string secret) =>
        Head.Contains(secret, StringComparison.Ordinal) || Encoding.UTF8.GetString(Body).Contains(secret, StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Target} ({Step}{(WasFaulted ? ", faulted" : "")}{(IsWhole ? "" : ", not read to its end")})";
}
