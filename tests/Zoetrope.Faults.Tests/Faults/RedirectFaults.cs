namespace Zoetrope.Faults.Tests;

/// <summary>Redirects: to another origin, to the same, to nowhere, and to what is not an address.</summary>
internal static class RedirectFaults
{
    public static IEnumerable<Fault> All { get; } =
    [
        .. ((int[])[300, 301, 302, 303, 305, 306, 307, 308, 399]).Select(
            status => Redirect($"{status} to another origin", status, around => around.Foreign + "taken")),
        Redirect("304", 304, _ => null),
        Redirect("302 without an address", 302, _ => null),
        Redirect("301 to itself", 301, _ => ""),
        Redirect("307 to another path", 307, _ => "/elsewhere"),
        Redirect("308 relative", 308, _ => "elsewhere?a=b"),
        Redirect("302 without a scheme", 302, around => $"//{around.Foreign.Authority}/taken"),
        Redirect("302 with a password", 302, around => $"http://user:password@{around.Foreign.Authority}/taken"),
        Redirect("302 to a file", 302, _ => "file:///etc/hostname"),
        Redirect("302 to a script", 302, _ => "javascript:alert(1)"),
        Redirect("302 to //[", 302, _ => "//["),
        Redirect("302 to ///", 302, _ => "///"),
        Redirect("302 to //:80", 302, _ => "//:80"),
        Redirect("302 to //%zz", 302, _ => "//%zz"),
        Redirect("302 to http:", 302, _ => "http:"),
        Redirect("302 to a port beyond all", 302, _ => "http://127.0.0.1:99999/"),
        Redirect("302 with a line of binary", 302, _ => "/\u0001\u0002\u00ff"),
        Redirect("302 of 60 KB", 302, _ => "/" + new string('a', 60_000)),
        Redirect("302 with the key in it", 302, around => $"{around.Foreign}taken?key={Uri.EscapeDataString(around.Key)}"),
        Redirect("307 over https", 307, around => $"https://{around.Foreign.Authority}/taken"),
        new("302 whose body stalls", Meaning.Elsewhere, async stage =>
        {
            await stage.Connection.WriteAsync(new CannedResponse(302, []).With($"Location: {stage.Around.Foreign}taken").Head("Content-Length: 500"));
            await stage.Connection.StallAsync();
        }) { Status = 302 },
        new("200 with an address of another origin in every header", Meaning.Good, stage => stage.SendAsync(stage.Good.With(
            $"Location: {stage.Around.Foreign}taken", $"Content-Location: {stage.Around.Foreign}taken", $"Refresh: 0; url={stage.Around.Foreign}taken",
            $"Link: <{stage.Around.Foreign}taken>; rel=preload", $"Alt-Svc: http/1.1=\"{stage.Around.Foreign.Authority}\"; ma=9999")))
        {
            KeepsBytes = true,
        },
    ];

    private static Fault Redirect(string name, int status, Func<Surroundings, string?> target) =>
        new(name, Meaning.Elsewhere, stage =>
        {
            var location = target(stage.Around);
            string[] headers = location is null ? Surroundings.RequestIdHeaders : [
                .. Surroundings.RequestIdHeaders,
                $"Location: {(location.Length == 0 ? stage.Request?.Target : location)}"];
            return stage.SendAsync(new CannedResponse(status, []).With(headers));
        })
        { Status = status };
}
