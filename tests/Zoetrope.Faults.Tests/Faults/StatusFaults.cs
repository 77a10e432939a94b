namespace Zoetrope.Faults.Tests;

/// <summary>The statuses of HTTP, with a body that a provider would write, a page that a gateway would show, and none.</summary>
internal static class StatusFaults
{
    public const string ErrorBody = """{"detail":"it says no"}""";

    private static readonly int[] Errors =
    [
        400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 425, 426, 428, 429, 431,
        444, 449, 451, 460, 494, 498, 499,
        500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511, 520, 521, 522, 523, 524, 525, 526, 527, 529, 530, 599,
    ];

    private static readonly int[] Pages = [400, 401, 402, 403, 404, 405, 408, 409, 413, 421, 422, 426, 429, 499, 500, 502, 503, 504, 520];

    public static IEnumerable<Fault> All { get; } =
    [
        .. Errors.Select(status => Refusal($"{status} JSON", status, ErrorBody) with { IsProvidersWord = true }),
        .. Pages.Select(status => new Fault($"{status} HTML", Meaning.Refused, stage => stage.SendAsync(Page(status))) { Status = status }),
        .. ((int[])[400, 401, 404, 422, 429, 500, 502, 503]).Select(status => Refusal($"{status} empty", status, "")),
        .. ((int[])[201, 202, 203, 206, 207, 226, 299]).Select(status =>
            new Fault($"{status} with the good body", Meaning.Odd, stage => stage.SendAsync(stage.Good with { Status = status })) { Status = status }),
        .. ((int[])[201, 202, 206]).Select(
            status => new Fault(
                $"{status} empty",
                Meaning.Unusable,
                stage => stage.SendAsync(stage.Good with { Status = status, Body = [] })) { Status = status }),
        new("204", Meaning.Unusable, stage => stage.SendAsync(new CannedResponse(204, []))) { Status = 204 },
        new("205 empty", Meaning.Unusable, stage => stage.SendAsync(new CannedResponse(205, []))) { Status = 205 },
        new("204 with a body all the same", Meaning.Unusable, stage => stage.SendAsync(stage.Good with { Status = 204 })) { Status = 204 },
        new("600", Meaning.Refused, stage => stage.SendAsync(OfJson(ErrorBody, 600))) { Status = 600 },
        new("999", Meaning.Refused, stage => stage.SendAsync(OfJson(ErrorBody, 999))) { Status = 999 },
    ];

    /// <summary>A page as nginx and load balancers make them.</summary>
    public static CannedResponse Page(int status) => new CannedResponse(status, [], "text/html; charset=utf-8").WithText(
        $"<html>\r\n<head><title>{status} Something</title></head>\r\n<body>\r\n<center><h1>{status} Something</h1></center>\r\n"
        + "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n");

    private static Fault Refusal(string name, int status, string body) =>
        new(name, Meaning.Refused, stage => stage.SendAsync(OfJson(body, status).With(Surroundings.RequestIdHeaders))) { Status = status };
}
