namespace Zoetrope.Cli.Output;

/// <summary>Addresses as they are printed.</summary>
internal static class Address
{
    /// <summary>The address without the slash at its end, as people type it.</summary>
    public static string Of(Uri url) => url.ToString().TrimEnd('/');
}
