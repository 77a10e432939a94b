using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Zoetrope.Faults.Tests;

/// <summary>Certificates that nobody trusts, made here.</summary>
internal static class Certificates
{
    /// <summary>One that is right but for its issuer, which is itself.</summary>
    public static X509Certificate2 SelfSigned { get; } = Make("localhost", TimeSpan.FromDays(-1), TimeSpan.FromDays(30));

    /// <summary>One of another host.</summary>
    public static X509Certificate2 OfAnotherHost { get; } = Make("example.com", TimeSpan.FromDays(-1), TimeSpan.FromDays(30));

    /// <summary>One that is no longer valid.</summary>
    public static X509Certificate2 Expired { get; } = Make("localhost", TimeSpan.FromDays(-30), TimeSpan.FromDays(-1));

    private static X509Certificate2 Make(string host, TimeSpan from, TimeSpan until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (host == "localhost")
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now + from, now + until);
        // Windows takes no key that is only in memory.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
