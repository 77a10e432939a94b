namespace Zoetrope.Fal;

/// <summary>An address with a signature, which shows a file at fal to anyone who has it until it expires: treat it as a secret.</summary>
/// <param name="Url">The address, which needs no key.</param>
/// <param name="ExpiresAt">Until when it works, by the clock of this machine when it was asked for.</param>
public sealed record FalSignedFile(string Url, DateTimeOffset ExpiresAt)
{
    /// <summary>Returns the address without its query, which has the signature, so that a log does not show the file to its readers.</summary>
    public override string ToString() => $"{Url.Split('?', 2)[0]}, signed until {ExpiresAt.UtcDateTime:u}";
}
