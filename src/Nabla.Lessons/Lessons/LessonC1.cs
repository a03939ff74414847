using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonC1
{
    public static Lesson Lesson { get; } = new(
        "C1",
        new("Add: the gradient distributor", "덧셈: 기울기 분배기"),
        new("An add node hands its upstream gradient to every input, unchanged.", "덧셈 노드는 상류 기울기를 모든 입력에 그대로 나누어 줍니다."),
        new TextSection(
            """
            For q = x + y both local gradients are 1: move x by a little and q moves just as much, wherever x and y stand. Multiplying by 1 changes nothing, so
            the upstream gradient arrives at both inputs as it is. The add gate is a **gradient distributor**.

            Distributing is not dividing. Both inputs receive the **whole** gradient, not half of it each. In the graph below 5 arrives at the add node, and 5
            leaves it twice.

            Sums are everywhere in networks: biases, residual connections, the sum over a batch. Each is a place where gradients pass without getting smaller,
            and that is one reason why very deep networks with added shortcuts can be trained at all.
            """,
            """
            q = x + y에서 국소 기울기는 둘 다 1입니다. x와 y가 어떤 값이든 x를 조금 움직이면 q도 똑같이 움직이기 때문입니다. 1을 곱하면 달라지지 않으므로
            상류 기울기가 두 입력에 그대로 도착합니다. 그래서 덧셈 게이트를 **기울기 분배기**라고 합니다.

            나누어 준다고 해서 쪼개지는 않습니다. 두 입력은 절반씩이 아니라 저마다 기울기 **전체**를 받습니다. 아래 그래프에서는 덧셈 노드에 5가 도착하고,
            5가 두 번 나갑니다.

            신경망에는 합이 아주 많습니다. 편향을 더하고, 잔차 연결을 더하고, 배치를 따라 더합니다. 이런 곳에서는 기울기가 작아지지 않고 지나갑니다.
            지름길을 더한 아주 깊은 신경망을 학습할 수 있는 까닭 가운데 하나입니다.
            """),
        new GraphSection("x = 3\ny = -7\nq = x + y\nf = 5 * q"),
        new QuizSection(
            "quiz-1",
            new("The upstream gradient 6 arrives at q = x + y with x = 100 and y = 1. What do x and y receive?",
                "x = 100, y = 1인 q = x + y에 상류 기울기 6이 도착합니다. x와 y는 얼마를 받을까요?"),
            [
                new("3 and 3", "3과 3"),
                new("6 and 6", "6과 6"),
                new("600 and 6", "600과 6"),
                new("6 and 0", "6과 0"),
            ],
            right: 1,
            new("The values play no part: each receives all of it.", "값은 상관없습니다. 저마다 전부를 받습니다.")),
        new ExerciseSection(
            "exercise-1",
            new("Three numbers are added here. Take the gradient back to each.", "여기서는 수 셋을 더합니다. 기울기를 하나하나 되돌려 보세요."),
            "x = 2\ny = 9\nz = -6\np = x + y\nq = p + z\nf = -3 * q",
            Upstream("q"), Local("q", "z"), Downstream("z"), Upstream("p"), Downstream("x"), Downstream("y")));
}
