using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Media;
using Zoetrope.Validation;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>A result cannot lead a download into the network that the program runs in.</summary>
public sealed class FileHostTests
{
    public static TheoryData<string> Private =>
    [
        "127.0.0.1", "127.1", "0x7f.1", "2130706433", "0177.0.0.1", "127.0.0.1.", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255",
        "192.168.0.1",
        "169.254.169.254", "168.63.129.16", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "[::1]", "[::]", "[::127.0.0.1]", "[::ffff:127.0.0.1]", "[::ffff:a00:1]", "[::ffff:0:127.0.0.1]", "[::ffff:0:a9fe:a9fe]", "[64:ff9b::10.0.0.1]",
        "[64:ff9b:1::1]", "[64:ff9b:1::808:808]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "[2001:2::1]",
        "[2001:10::1]",
        "[2001:db8::1]", "[3fff::1]", "[100::1]", "[5f00::1]", "[fe80::1]", "[fec0::1]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]",
        "[2606:4700::5efe:10.0.0.1]",
        "[2606:4700::200:5efe:c0a8:1]",
        "localhost", "localhost.", "LOCALHOST", "a.localhost", "intranet", "intranet.", "printer.local", "metadata.google.internal",
        "metadata.google.internal.",
        "router.lan", "nas.home.arpa", "wiki.corp", "localhost.localdomain",
    ];

    public static TheoryData<string> Public =>
    [
        "8.8.8.8", "1.1.1.1", "100.63.0.1", "100.128.0.1", "172.32.0.1", "168.63.129.17", "192.0.1.1", "198.17.0.1", "223.255.255.255",
        "[2606:4700:4700::1111]",
        "[2001:4860:4860::8888]", "[2a00:1450:4001::1]", "[64:ff9b::8.8.8.8]", "[::ffff:8.8.8.8]", "[2002:808:808::1]", "[3ffe::1]",
        "files.example.com", "local.example.com", "mylocal.org", "internal-files.net", "home.example", "corp.com",
    ];

    [Theory]
    [MemberData(nameof(Private))]
    public async Task Hosts_of_this_machine_and_of_private_networks_are_not_asked(string host)
    {
        using var client = new FakeClient(new FakeProtocol());

        var exception =
            await Assert.ThrowsAsync<MediaDownloadException>(() => client.DownloadAsync(new MediaFile { Url = $"http://{host}/a.png" }, Stream.Null));

        Assert.Contains("private network", exception.Message);
        Assert.False(IsPublic(host));
    }

    [Theory]
    [MemberData(nameof(Public))]
    public void Public_hosts_are_public(string host) => Assert.True(IsPublic(host));

    [Theory]
    [MemberData(nameof(Private))]
    public async Task A_base_URL_in_a_private_network_opens_its_own_host_alone(string host)
    {
        if (IsThisMachine(host))
            return;
        await using var server = new FakeServer(Reply(302, "", $"Location: http://{host}/a"), Reply(200, "ok"));
        using var client = new FakeClient(new FakeProtocol(), new MediaClientOptions { BaseUrl = server.Url });

        await Assert.ThrowsAsync<MediaDownloadException>(() => client.DownloadAsync(new MediaFile { Url = $"http://{host}/a" }, Stream.Null));
        Assert.Empty(server.Requests);

        var led = await Assert.ThrowsAsync<MediaDownloadException>(() => client.DownloadAsync(new MediaFile { Url = server.Url + "a" }, Stream.Null));
        Assert.Contains("private network", led.Message);
        Assert.Equal(2, await client.DownloadAsync(new MediaFile { Url = server.Url + "a" }, Stream.Null));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LocalHost")]
    [InlineData("127.0.0.1")]
    public async Task This_machine_is_one_host_whatever_it_is_called(string host)
    {
        await using var server = new FakeServer(Reply(200, "ok"));
        using var client = new FakeClient(new FakeProtocol(), new MediaClientOptions { BaseUrl = server.Url });

        Assert.Equal(2, await client.DownloadAsync(new MediaFile { Url = $"http://{host}:{server.Url.Port}/a" }, Stream.Null));
    }

    private static bool IsThisMachine(string host) =>
        host is "[::1]" or "[::]" or "0.0.0.0" or "0x7f.1" or "0177.0.0.1" or "2130706433" or "[::ffff:127.0.0.1]" or "[::127.0.0.1]" or "a.localhost"
        || host.StartsWith("127.", StringComparison.Ordinal)
        || host.TrimEnd('.').Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private static bool IsPublic(string host)
    {
        var context = new ValidationContext();
        context.Url($"https://{host}/a.png", "url", UrlKinds.PublicHttps);
        return context.ToResult().IsValid;
    }
}
