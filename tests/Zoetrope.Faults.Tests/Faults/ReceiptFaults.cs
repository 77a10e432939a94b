namespace Zoetrope.Faults.Tests;

/// <summary>Good responses with addresses that nobody should follow.</summary>
internal static class ReceiptFaults
{
    public static IEnumerable<Fault> All { get; } =
    [
        Urls("of another origin", around => around.Foreign + "taken"),
        Urls("with a password", around => $"http://user:password@{around.Foreign.Authority}/taken"),
        Urls("without a scheme", around => $"//{around.Foreign.Authority}/taken"),
        Urls("of the provider over another scheme", _ => "ftp://queue.fal.run/taken"),
        Urls("of a file", _ => "file:///etc/passwd"),
        Urls("of a script", _ => "javascript:alert(1)"),
        Urls("of the metadata service", _ => "http://169.254.169.254/latest/meta-data/"),
        Urls("that are empty", _ => ""),
        Urls("that are relative", _ => "../../taken"),
        Urls("that are not URLs", _ => "http://["),
        Urls("of 20 KB", around => around.Foreign + new string('a', 20_000)),
        new(
            "receipt: URLs that are numbers",
            Meaning.Good,
            stage => stage.SendAsync(stage.Good.WithText(JsonFaults.Into(stage.Good.Text, "\"status_url\":1,\"response_url\":2,\"cancel_url\":[]")))),
        new(
            "receipt: a gateway's id beside it",
            Meaning.Good,
            stage => stage.SendAsync(stage.Good.WithText(JsonFaults.Into(stage.Good.Text, "\"gateway_request_id\":\"another\"")))),
    ];

    private static Fault Urls(string name, Func<Surroundings, string> url) => new($"receipt: URLs {name}", Meaning.Good, stage =>
    {
        var target = url(stage.Around);
        return stage.SendAsync(
            stage.Good.WithText(
                JsonFaults.Into(stage.Good.Text, $"\"status_url\":\"{target}/status\",\"response_url\":\"{target}\",\"cancel_url\":\"{target}/cancel\"")));
    });
}
