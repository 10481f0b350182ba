using Commerce.Orders;

namespace Commerce.Tests;

public class OrderStatusMachineTests
{
    [Fact]
    public void Allows_EveryPair_OnlyTheDrawnOnes()
    {
        var legal = new HashSet<(OrderStatus, OrderStatus)>
        {
            (OrderStatus.Pending, OrderStatus.Confirmed), (OrderStatus.Pending, OrderStatus.Cancelled),
            (OrderStatus.Confirmed, OrderStatus.Processing), (OrderStatus.Confirmed, OrderStatus.Cancelled),
            (OrderStatus.Processing, OrderStatus.Shipped), (OrderStatus.Processing, OrderStatus.Cancelled),
            (OrderStatus.Shipped, OrderStatus.Delivered), (OrderStatus.Delivered, OrderStatus.Refunded),
        };

        var allowed = from first in Enum.GetValues<OrderStatus>()
                      from second in Enum.GetValues<OrderStatus>()
                      where OrderStatusMachine.Allows(first, second)
                      select (first, second);

        Assert.Equal(legal, allowed.ToHashSet());
    }
}
