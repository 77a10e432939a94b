using Zoetrope.Errors;

namespace Zoetrope.Tests;

/// <summary>
/// Bodies that are larger than what is received into at first arrive whole, whether or not their length is announced, and whether or not that is true.
/// </summary>
public sealed class LargeBodyTests
{
    private const int First = 1024 * 1024;

    public static TheoryData<int, bool> Sizes
    {
        get
        {
            var data = new TheoryData<int, bool>();
            foreach (var size in (int[])[First - 1, First, First + 1, First + 2, (8 * First) + 8, (8 * First) + 9, (8 * First) + 10, 20 * First])
            {
                data.Add(size, true);
                data.Add(size, false);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_body_arrives_whole(int size, bool isAnnounced)
    {
        var body = Body(size);
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n" + (isAnnounced ? $"Content-Length: {size}\r\n\r\n" : "\r\n"));
            await exchange.WriteAsync(body);
            exchange.Close();
        });
        using var transport = TestTransport.Create(server.Url, null, options => options.MaxResponseBytes = size);

        var response = await transport.SendAsync(TestTransport.Get(server.Url), default);

        Assert.True(response.Body.Span.SequenceEqual(body));
    }

    // What no array can hold would otherwise seem to end where the array does.
    [Theory]
    [InlineData(2_147_483_591)]
    [InlineData(5_000_000_000)]
    public async Task A_body_that_no_memory_can_hold_is_too_large_whatever_the_limit(long announced)
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {announced}\r\n\r\n");
            await exchange.WriteAsync(Body(First));
            exchange.Close();
        });
        using var transport = TestTransport.Create(server.Url, null, options => options.MaxResponseBytes = long.MaxValue);

        var exception = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.Equal(TransportFailure.TooLarge, exception.Failure);
        Assert.Contains("is larger than 2147483590 bytes", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000_000_000)]
    [InlineData(3 * First)]
    public async Task The_received_part_of_a_body_that_was_announced_to_be_larger_is_kept(int announced)
    {
        var body = Body((2 * First) + 5);
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {announced}\r\n\r\n");
            await exchange.WriteAsync(body);
            exchange.Close();
        });
        using var transport = TestTransport.Create(server.Url, null, options => options.MaxResponseBytes = int.MaxValue);

        var exception = await Assert.ThrowsAsync<TransportException>(() => transport.SendAsync(TestTransport.Get(server.Url), default));

        Assert.True(exception.Body.Span.SequenceEqual(body));
    }

    private static byte[] Body(int size)
    {
        var body = new byte[size];
        for (var i = 0; i < size; i++)
            body[i] = (byte)('a' + (i % 23));
        return body;
    }
}
